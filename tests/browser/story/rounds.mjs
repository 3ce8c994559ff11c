// The long way of a course: a conflict that comes to light after the verdict, a reviewer who is replaced, a round of changes,
// a rejection, and an appeal to people who took no part before. It begins with a course of the demo that is to be decided.

import { ask } from "./self_study.mjs";
import { between, judge } from "./course.mjs";

export const title = "rounds";

export async function play(office, check) {
  // Each way of playing needs a course of its own: what was decided once stays decided.
  const [name, state, owner] = office.scripts
    ? ["Sepsis in the first hour", "decision", "Jonas Lindgren"]
    : ["Prescribing when the kidneys are failing", "overdue", "Lucía Herrera"];
  const coordinator = await office.enter("Ruth Lindqvist");
  const chair = await office.enter("Ruben Castellanos");
  const author = await office.enter(owner);
  let page;

  await check("who has a conflict after the verdict loses sight of it, and it goes back to the review where one is missing", async () => {
    await coordinator.open(`/queue?search=${encodeURIComponent(name)}&state=course-accreditation%2F${state}`);
    page = `/s/${(await coordinator.text()).match(/CA-\d{4}-\d{4}/)[0]}`;
    const reviewer = await office.enter("Priya Raman");
    await reviewer.open(page);
    await reviewer.follow("Declare a conflict of interest");
    await reviewer.fill("What the conflict is", "The speaker has joined my department.");
    await reviewer.press("Declare the conflict");
    await reviewer.reads("The conflict of interest is recorded");
    if ((await reviewer.open(page)) !== 404) throw new Error("it is still shown");
    await coordinator.open(page);
    await coordinator.reads("No longer counts", "1 of 2 verdicts");
    await coordinator.look("dossier-conflict-after-verdict");
  });
  await check("a reviewer is assigned, and replaced by another", async () => {
    await coordinator.open(page);
    await coordinator.reads("Content and conflict-of-interest review");
    await coordinator.follow("Assign a reviewer");
    await choose(coordinator, "Oliver Hayes");
    await coordinator.follow(/^Replace/);
    await coordinator.reads("Oliver Hayes");
    await coordinator.look("replace");
    await choose(coordinator, "Sofía Delgado");
    await coordinator.reads("Sofía Delgado");
    const replaced = await office.enter("Oliver Hayes");
    await replaced.open(page);
    await replaced.readsNot("Grace Mbeki");
  });
  await check("the one who took over gives the missing verdict", async () => {
    await review(office, page, "content", "Sofía Delgado", (person) => judge(person, "Clear, and overdue here."));
    await between(chair, page);
    await chair.open(page);
    await chair.reads("2 of 2 verdicts", "Clear, and overdue here");
  });
  await check("the committee asks for a change, and the author makes it", async () => {
    await chair.follow("Ask for changes");
    await chair.fill("Reason", "One thing before we decide.", chair.main().locator(".is-long-text").last());
    await ask(chair, 1, "Professional practice gap", "Say from which year the figures are.");
    await chair.look("act-ask-changes");
    await chair.press("Ask for changes");
    await author.open(page);
    await author.reads("Changes are requested", "0 of 1 answered", "Say from which year");
    await author.main().getByText("Answer this request").first().click();
    await author.main().getByLabel("What you did, or why").fill("They are of 2025; it says so now.");
    await author.press("It is done");
    await author.reads("1 of 1 answered");
    await author.follow("Check your answers and send");
    await author.press("Send again");
    await author.reads("Being reviewed");
  });
  await check("the second round is reviewed anew", async () => {
    for (const reviewer of ["Grace Mbeki", "Sofía Delgado"]) {
      await review(office, page, "content", reviewer, (person) => judge(person, "The year stands there now."));
    }
    await review(office, page, "interest", "Walter Kim", async (officer) => {
      await officer.tick("Everybody in control of the content has disclosed", "Yes");
      await officer.tick("No owner or employee", "Yes");
      await officer.tick("Relevant relationships", "There are none");
      await decide(officer, "Nothing new.");
    });
  });
  await check("the committee rejects with a reason, and the author appeals", async () => {
    await between(chair, page);
    await chair.open(page);
    await chair.follow("Reject");
    await chair.press("Reject");
    await chair.reads("There is a problem");
    await chair.fill("Reason", "The committee does not see the need in this state.");
    await chair.press("Reject");
    await author.open(page);
    await author.reads("Not accredited", "You can appeal within 30 days", "does not see the need");
    await author.look("status-rejected");
    await author.follow("Appeal");
    await author.fill("Reason", "The need is shown by the registry of the state.");
    await author.look("act-appeal");
    await author.press("Appeal");
    await author.reads("with a panel that took no part before");
  });
  await check("a panel that took no part before upholds the appeal, and it is reviewed again", async () => {
    for (const member of ["Arthur Greene", "Fatima Haddad", "Stephen Cho"]) {
      await review(office, page, "panel", member, (person) => decide(person, "The registry shows it."));
    }
    await author.open(page);
    await author.reads("Being reviewed");
  });
}

// Takes a step that asks nothing.

// Gives the place to somebody of the list.
async function choose(coordinator, name) {
  await coordinator.main().getByRole("radio", { name: new RegExp(name) }).check();
  await coordinator.main().getByRole("button", { name: /^(Assign|Replace)/ }).first().click();
  await coordinator.reads(name);
}

// Takes a place in a review, or the one that was given, and judges.
async function review(office, page, track, name, give) {
  const person = await office.enter(name);
  await person.open(`${page}/review/${track}`);
  const declare = person.page.getByRole("button", { name: "I have no conflict" });
  if (await declare.count()) await declare.first().click();
  await give(person);
}

async function decide(person, reasons) {
  await person.fill("Your reasons", reasons);
  await person.tick("Your verdict", "Approve");
  await person.press("Give your verdict");
  await person.reads("Your verdict “Approve” is recorded");
}
