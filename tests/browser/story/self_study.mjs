// A practitioner documents a self-study; an assessor asks for changes and then approves; the credit stands.

import { later, pdf } from "../person.mjs";

export const title = "self-study";

const study = "Asthma in school children: the 2026 action plan";
const reflection = "I used to renew the reliever without asking how often it is used. From now on I ask at every visit, and the \
action plan goes to the school nurse on the same day.";

export async function play(office, check) {
  const author = await office.enter("Amara Okafor");
  const assessor = await office.enter("Helen Novak");
  let reference;

  await check("the first page says whose turn it is and what can be started", async () => {
    await author.reads("Your turn", "What do you want to do?", "Your submissions");
    await author.look("home-practitioner");
  });
  await check("a draft has its reference at once", async () => {
    await author.press("Start: Recognition of documented self-study");
    reference = (await author.text()).match(/SS-\d{4}-\d{4}/)[0];
    await author.reads("Only you can see it", "Incomplete");
    await author.look("status-draft");
  });
  await check("it is filled in section by section", async () => {
    const today = await author.today();
    await author.follow("What you studied");
    await author.fill("Title of what you studied", study);
    await author.tick("Kind of study", "Reading or listening");
    await author.fill("Date you finished", later(today, -3));
    await author.fill("Hours claimed", "6");
    await author.tick("Claim as", "AAFP Elective");
    await author.fill("What you learned and will change", reflection);
    await author.look("form-study");
    await author.press("Save and continue");
    await author.reads("Section 2 of 2");
  });
  await check("a PDF is uploaded and listed", async () => {
    await attach(author, "Certificate, log or notes", pdf("certificate.pdf", "Six hours on asthma"));
    await author.main().getByRole("link", { name: "certificate.pdf" }).waitFor();
    await author.main().getByLabel("The hours and the work are my own").check();
    await author.look("form-evidence");
  });
  await check("the answers are shown before they are sent", async () => {
    await author.press("Save and continue");
    await author.reads("Check your answers", study, "certificate.pdf", "Now send it");
    await author.look("check");
  });
  await check("sending is confirmed, and the page stays", async () => {
    await author.press("Send for assessment");
    await author.reads("Sent", reference, "What happens next");
    await author.look("sent");
    await author.page.reload();
    await author.reads(reference, "With an assessor", "Self-study assessors");
    await author.look("status-sent");
  });
  await check("the assessor finds it under Your turn and sees no content before declaring", async () => {
    await assessor.open("/");
    await assessor.reads("Your turn", study, "Assessment: take it");
    await assessor.look("home-assessor");
    await open(assessor, reference);
    await assessor.reads("Before you read it", "no financial");
    await assessor.readsNot("action plan goes to the school nurse");
    await assessor.look("review-declare");
  });
  await check("after declaring no conflict the evidence stands beside the rubric", async () => {
    await assessor.press("I have no conflict");
    await assessor.reads("action plan goes to the school nurse", "The evidence carries the hours claimed");
    await assessor.look("review-judge");
    await assessor.follow("certificate.pdf");
    await assessor.reads("certificate.pdf", "Download");
    await assessor.look("document");
    await assessor.page.goBack();
  });
  await check("changes are asked of a question and of a file", async () => {
    await assessor.tick("The evidence carries the hours claimed", "Partly");
    await assessor.tick("It serves professional practice", "Yes");
    await ask(assessor, 1, "What you learned and will change", "Say how you will know that it works.");
    await assessor.press("Add another change");
    await ask(assessor, 2, "File: certificate.pdf", "It names no hours. Add your log.");
    await assessor.fill("Your reasons", "Well chosen. Two points are open.");
    await assessor.tick("Your verdict", "Ask for changes");
    await assessor.press("Give your verdict");
    await assessor.reads("Your verdict “Ask for changes” is recorded");
  });
  await check("the author sees each request with what it is about", async () => {
    await author.open("/");
    await author.reads("Answer and send again");
    await open(author, reference);
    await author.reads("0 of 2 answered", "Say how you will know", "It names no hours", "two points are open");
    await author.look("status-changes");
  });
  await check("each is answered, and the way to send opens only then", async () => {
    await author.reads("2 requested changes without an answer");
    await author.follow(/Change this.*What you learned/);
    await author.reads("Change asked", "Say how you will know");
    await author.fill("What you learned and will change", `${reflection} The school counts the absences; I look at them each term.`);
    await author.press("Save and come back later");
    await resolve(author, 1, "Added how the school counts absences.");
    await author.reads("1 of 2 answered");
    await author.follow("Evidence");
    await attach(author, "Certificate, log or notes", pdf("log.pdf", "Monday 2 h, Tuesday 4 h"));
    await author.main().getByRole("link", { name: "log.pdf" }).waitFor();
    await author.press("Save and come back later");
    await resolve(author, 2, "The log is added.");
    await author.reads("2 of 2 answered");
    await author.follow("Check your answers and send");
    await author.press("Send again");
    await author.reads("With an assessor");
  });
  await check("the assessor sees what changed since", async () => {
    await assessor.open("/");
    await open(assessor, reference);
    if (await assessor.page.getByRole("button", { name: "I have no conflict" }).count()) await assessor.press("I have no conflict");
    await assessor.reads("Changed since your review", "Before:", "The log is added", "New since your review");
    await assessor.look("review-again");
    await assessor.picture("screenshot");
  });
  await check("approved, the credit stands on the practitioner's page", async () => {
    await assessor.tick("The evidence carries the hours claimed", "Fully");
    await assessor.tick("It serves professional practice", "Yes");
    await assessor.fill("Your reasons", "Both points are answered.");
    await assessor.tick("Your verdict", "Approve");
    await assessor.press("Give your verdict");
    await author.open(`/s/${reference}`);
    await author.reads("Recognised", "6.00 AAFP Elective credit", "Both points are answered");
    await author.look("status-recognised");
    await author.open("/credits");
    await author.reads(study, "6.00");
    await author.look("credits");
    await author.open(`/s/${reference}/history`);
    await author.reads("Amara Okafor chose “Send for assessment”", "recorded 6.00");
    await author.readsNot("Helen Novak");
    await author.look("history-author");
  });
}

// Follows the row of a list that carries this reference.
export async function open(person, reference) {
  const row = person.main().getByRole("listitem").filter({ hasText: reference }).first();
  await row.getByRole("link").first().click();
}

// Uploads a file: at once with scripts, by the button without.
export async function attach(person, label, file) {
  await person.main().getByLabel(label).first().setInputFiles(file);
  if (!person.office.scripts) await person.press("Upload");
}

// Writes a change to ask for, in the row with this number.
export async function ask(person, row, about, text) {
  const group = person.group(`Change ${row}`);
  await person.fill("What it is about", about, group);
  await person.fill("What is to change, and why", text, group);
}

async function resolve(person, number, words) {
  const request = person.main().getByRole("listitem").filter({ hasText: "Answer this request" }).first();
  await request.getByText("Answer this request").click();
  await request.getByLabel("What you did, or why").fill(words);
  await request.getByRole("button", { name: "It is done" }).click();
  await person.reads(`${number} of`);
}
