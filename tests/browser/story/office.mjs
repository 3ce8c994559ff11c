// The office: one queue, reminders, the whole history; people and groups; an auditor who changes nothing; letters.

import { later } from "../person.mjs";

export const title = "office";

export async function play(office, check) {
  const coordinator = await office.enter("Ruth Lindqvist");
  const administrator = await office.enter("Hannah Brandt");
  const auditor = await office.enter("Samuel Adeyemi");
  const reviewer = await office.enter("Marcus Bell");
  let reference;

  await check("the queue shows whose turn it is and how long it has been here", async () => {
    await coordinator.follow("Queue");
    await coordinator.reads("submissions", "Whose turn", "Days here", "Committee chairs");
    await coordinator.look("queue");
  });
  await check("it is narrowed by workflow, state and whose turn", async () => {
    await coordinator.fill("Workflow", "Recognition of documented self-study");
    await coordinator.fill("Whose turn", "Self-study assessors");
    await coordinator.press("Search");
    await coordinator.reads("Being assessed");
    await coordinator.readsNot("CA-20");
    // One that the reviewer may still take: an earlier run may have left a conflict of interest behind.
    await reviewer.open("/");
    const offered = await reviewer.text();
    reference = (await coordinator.text()).match(/SS-\d{4}-\d{4}/g).find((found) => offered.includes(found));
    if (!reference) throw new Error("the reviewer is offered none of the queue");
  });
  await check("it is searched by reference, and sorted", async () => {
    await coordinator.open("/queue");
    await coordinator.fill("Reference, title or author", reference);
    await coordinator.press("Search");
    await coordinator.reads("1 submission.", reference);
    await coordinator.open("/queue");
    await coordinator.fill("Order", "By title");
    await coordinator.press("Search");
    const titles = await coordinator.main().getByRole("rowheader").getByRole("link").allInnerTexts();
    const sorted = [...titles].sort((a, b) => a.localeCompare(b, "en"));
    if (titles.join() !== sorted.join()) throw new Error(`not by title: ${titles.join("; ")}`);
    await coordinator.open("/queue?search=zzz");
    await coordinator.reads("Nothing matches", "show all submissions");
    await coordinator.look("queue-empty");
  });
  await check("a reminder goes out to those whose turn it is", async () => {
    await coordinator.open(`/s/${reference}`);
    await coordinator.reads("Whose turn", "What you can do");
    await coordinator.look("dossier-coordinator");
    await coordinator.press("Remind those whose turn it is");
    await coordinator.reads("A reminder of “Being assessed” is on its way");
  });
  await check("the whole history of an item stands on one page, with names", async () => {
    await coordinator.follow("History");
    await coordinator.reads("reminded those whose turn it is", "Ruth Lindqvist", "began the draft", "chose “Send for assessment”");
    await coordinator.look("history-office");
  });
  await check("the letter's first line says whose attention is needed and by when", async () => {
    await coordinator.page.waitForTimeout(3000);
    await coordinator.open("/outbox");
    const letter = coordinator.main().getByRole("listitem").filter({ hasText: reference }).first();
    const first = (await letter.locator("p").first().innerText()).trim();
    if (!/^Your attention is needed(, by .+)?\.$/.test(first)) throw new Error(`the first line is “${first}”`);
    await coordinator.look("outbox");
    await letter.getByRole("link").click();
    await coordinator.reads("To", "Sent", reference);
    await coordinator.look("letter");
  });
  await check("an administrator invites a person into a group", async () => {
    await administrator.open("/people");
    await administrator.look("people");
    await administrator.follow("Invite somebody");
    await administrator.press("Send the invitation");
    await administrator.reads("There is a problem");
    const name = office.scripts ? "Beatriz Navarro" : "Tobias Lang";
    await administrator.fill("E-mail address", `${name.split(" ")[0].toLowerCase()}@bluestem.example`);
    await administrator.fill("Name, as it is printed", name);
    await administrator.tick("Groups to join", "Content reviewers");
    await administrator.look("invite");
    await administrator.press("Send the invitation");
    await administrator.reads("The invitation is on its way");
    await administrator.fill("Name or e-mail address", name);
    await administrator.press("Search");
    await administrator.reads(name, "Invited", "Content reviewers");
  });
  await check("somebody joins a group and leaves it again", async () => {
    await administrator.open("/groups");
    await administrator.look("groups");
    await administrator.follow("Audit sample");
    await administrator.look("group");
    await administrator.press("Find them");
    await administrator.reads("There is a problem", "enter part of the name");
    await administrator.fill("Who joins", "arthur greene");
    await administrator.press("Find them");
    await administrator.reads("Is this who joins?");
    await administrator.tick("Is this who joins?", "Arthur Greene");
    await administrator.look("group-join");
    await administrator.press("Make them a member");
    await administrator.reads("They are a member now", "Arthur Greene");
    await administrator.open("/groups/audit");
    await administrator.reads("Members: Arthur Greene");
    await administrator.main().getByRole("link", { name: /Arthur Greene.* leaves/ }).click();
    await administrator.reads("what they decided stays", "Audit sample");
    await administrator.look("group-leave");
    await administrator.press("End the membership");
    await administrator.open("/groups/audit");
    await administrator.readsNot("Arthur Greene");
  });
  await check("an administrator sees the organisation and the rules in force", async () => {
    await administrator.open("/organisation");
    await administrator.reads("Time zone");
    await administrator.look("organisation");
    await administrator.open("/workflows");
    await administrator.reads("in force since", "open submission");
    await administrator.look("workflows");
  });
  await check("an auditor reads everything and is offered nothing to change", async () => {
    await auditor.open(`/s/${reference}`);
    await auditor.reads("Whose turn", "What you studied");
    await auditor.readsNot("What you can do", "Remind", "Assign");
    await auditor.look("dossier-auditor");
    await auditor.follow("History");
    await auditor.reads("began the draft");
    await auditor.open("/people");
    await auditor.readsNot("Invite somebody");
    const answer = await auditor.page.request.post(`/s/${reference}/remind`, { form: { version: "1" }, headers: { origin: office.address } });
    if (answer.status() !== 403) throw new Error(`the reminder of an auditor is answered with ${answer.status()}`);
  });
  await check("somebody with a conflict of interest loses sight of it at once", async () => {
    await reviewer.open("/");
    const turns = reviewer.main().getByRole("listitem").filter({ hasText: reference });
    await turns.first().getByRole("link").first().click();
    await reviewer.follow("I have a conflict of interest");
    await reviewer.look("conflict");
    await reviewer.fill("What the conflict is", "We share a practice.");
    await reviewer.press("Declare the conflict");
    await reviewer.reads("The conflict of interest is recorded");
    if ((await reviewer.open(`/s/${reference}`)) !== 404) throw new Error("it is still shown");
  });
}
