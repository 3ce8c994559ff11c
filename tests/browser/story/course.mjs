// A course on its way: returned and sent again, reviewed by two who do not see each other, decided by the chair, listed,
// reported after it took place, and its presenter's credit.

import { later, pdf } from "../person.mjs";
import { attach, open } from "./self_study.mjs";

export const title = "course";

const name = "Snakebite and heat stroke: summer emergencies in the open country";

export async function play(office, check) {
  const author = await office.enter("Daniel Whitehorse");
  const screener = await office.enter("Joan Ferris");
  const coordinator = await office.enter("Ruth Lindqvist");
  const chair = await office.enter("Ruben Castellanos");
  let reference;
  let day;

  await check("an author describes a course", async () => {
    await author.open("/");
    await author.press("Start: Accreditation of a self-produced course");
    reference = (await author.text()).match(/CA-\d{4}-\d{4}/)[0];
    day = later(await author.today(), 9);
    await author.follow("The course");
    await author.fill("Title of the course", name);
    await author.fill("What it is about", "An evening with cases and hands-on stations for those who are first on the scene in summer.");
    await author.tick("Format", "Live activity");
    await author.fill("First day", day);
    await author.fill("Last day", day);
    await author.tick("Who it is for", "Physicians");
    await author.tick("Who it is for", "Nurses");
    await author.press("Save and continue");
    await author.fill("Professional practice gap", "Antivenom is begun after four hours in the median; two hours is what the guideline asks for.");
    await author.tick("How you know of the gap", "Quality or outcome data");
    await author.fill("Evidence of the gap", "Records of nine rural hospitals, 2024 and 2025: 61 patients.");
    await author.tick("What the audience lacks", "Competence");
    await author.press("Save and continue");
    await author.reads("What it will change");
  });
  await check("rows are added to tables, with scripts or without", async () => {
    await row(author);
    await author.fill("After the course participants will", "Begin antivenom within two hours of the bite");
    await author.tick(/Changes/, "Performance");
    await author.fill("Why this format fits", "Decisions under pressure are trained in cases.");
    await author.look("form-objectives");
    await author.press("Save and continue");
    await row(author);
    await author.fill(/^Name/, "Amara Okafor");
    await author.fill("E-mail", "amara@psa.example");
    await author.fill(/Part/, "Speaker");
    await author.main().getByLabel("No financial relationships").check();
    await author.look("form-faculty");
    await author.press("Save and continue");
    await author.reads("Agenda");
  });
  await check("minutes of the agenda become credit", async () => {
    await row(author);
    await author.fill("Session", "Bites and stings: cases");
    await author.fill(/^Minutes$|^Minutes(?! that)/, "90");
    await author.fill("Minutes that count for credit", "90");
    await author.fill("Presented by", "Amara Okafor");
    await author.tick("Presented for the first time", "Yes");
    if (office.scripts) await author.reads("1.50");
    await author.look("form-agenda");
    await author.press("Save and continue");
    await author.tick("Is there commercial support?", "No");
    await author.main().getByLabel("Every recommendation rests on evidence").check();
    await author.press("Save and continue");
    await author.tick("How you will know that it worked", "Questionnaire");
    await author.press("Save and continue");
    await attach(author, "Slides, handouts, references", pdf("slides.pdf", "Cases of summer"));
    await author.main().getByRole("link", { name: "slides.pdf" }).waitFor();
    await author.press("Save and continue");
    await author.main().getByLabel("Nothing is announced as accredited").check();
    await author.main().getByLabel("What I have written is complete").check();
    await author.press("Save and continue");
    await author.reads("Check your answers", "From minutes to credit", "1.50", "Now send it");
    await author.look("check-course");
    await author.press("Send to the office");
    await author.reads("Sent", reference, "Accreditation office");
  });
  await check("the office returns it as incomplete, with coded reasons", async () => {
    await screener.open("/");
    await screener.look("home-office");
    await open(screener, reference);
    await screener.look("dossier-screening");
    await screener.follow("Return as incomplete");
    await screener.press("Return as incomplete");
    await screener.reads("There is a problem");
    await screener.tick("Reasons", "References are out of date");
    await screener.fill("Reason", "The slides cite an edition of 2015.", screener.main().locator(".is-long-text").last());
    await screener.look("act-return");
    await screener.press("Return as incomplete");
    await author.open(`/s/${reference}`);
    await author.reads("Returned as incomplete", "References are out of date", "edition of 2015");
    await author.look("status-returned");
  });
  await check("the author completes it and sends it again", async () => {
    await author.follow("Materials");
    await attach(author, "Slides, handouts, references", pdf("slides 2026.pdf", "Cases of summer, new references"));
    await author.main().getByRole("link", { name: "slides 2026.pdf" }).waitFor();
    await author.press("Save and come back later");
    await author.follow("Check your answers and send");
    await author.press("Send again");
    await screener.open("/");
    await open(screener, reference);
    await screener.follow("Send to review");
    await screener.press("Send to review");
    await author.open(`/s/${reference}`);
    await author.reads("Content reviewers", "Nothing for you to do");
  });
  await check("the coordinator assigns two reviewers; one from the author's institution is shown and cannot be chosen", async () => {
    await coordinator.open(`/queue?search=${reference}`);
    await coordinator.follow(name);
    for (const reviewer of ["Priya Raman", "Grace Mbeki"]) {
      await coordinator.page.getByRole("region").or(coordinator.main()).getByRole("link", { name: "Assign a reviewer" }).first().click();
      await coordinator.reads("Who reviews?", "Cannot review", "Thomas Adler");
      const conflicted = coordinator.main().getByRole("radio", { name: /Thomas Adler/ });
      if (await conflicted.isEnabled()) throw new Error("the conflicted reviewer can be chosen");
      await coordinator.look("assign");
      await coordinator.main().getByRole("radio", { name: new RegExp(reviewer) }).check();
      await coordinator.press("Assign");
      await coordinator.reads("Assigned", reviewer);
    }
    await coordinator.look("dossier-review");
  });
  await check("no reviewer sees another's verdict before enough are in", async () => {
    const first = await office.enter("Priya Raman");
    await declare(first, reference);
    await judge(first, "The gap is real and well shown.");
    const second = await office.enter("Grace Mbeki");
    await declare(second, reference);
    await second.readsNot("The gap is real and well shown");
    await second.look("review-sealed");
    await second.open(`/s/${reference}`);
    await second.readsNot("The gap is real and well shown", "Priya Raman");
    await second.open(`/s/${reference}/review/content`);
    await judge(second, "Balanced, and current.");
  });
  await check("the conflict-of-interest officer reviews beside them", async () => {
    const officer = await office.enter("Walter Kim");
    await officer.open(`/s/${reference}/review/interest`);
    await officer.press("I have no conflict");
    await officer.tick("Everybody in control of the content has disclosed", "Yes");
    await officer.tick("No owner or employee", "Yes");
    await officer.tick("Relevant relationships", "There are none");
    await officer.fill("Your reasons", "Nothing to mitigate.");
    await officer.tick("Your verdict", "Approve");
    await officer.press("Give your verdict");
    await officer.reads("Your verdict “Approve” is recorded");
  });
  await check("the author reads for which meeting it is on the agenda, and the chair takes it before", async () => {
    await author.open(`/s/${reference}`);
    await author.reads("On the agenda of the committee's meeting of Thursday", "The committee decides at its meeting or soon after");
    await author.look("status-agenda");
    await author.open("/");
    await author.reads("On the agenda of the committee's meeting of Thursday");
    await coordinator.open(`/queue?search=${reference}`);
    await coordinator.reads("The meeting of");
    await coordinator.look("queue-agenda");
    await between(chair, `/s/${reference}`);
  });
  await check("the chair cannot give more credit than the agenda carries, nor off the step", async () => {
    await chair.open("/");
    await chair.look("home-chair");
    await open(chair, reference);
    await chair.reads("The gap is real and well shown", "Balanced, and current", "Nothing to mitigate");
    await chair.look("dossier-decision");
    await chair.follow("Accredit");
    await chair.fill("Credits approved", "1.6");
    await chair.press("Accredit");
    await chair.reads("There is a problem", "0.25");
    await chair.fill("Credits approved", "5");
    await chair.press("Accredit");
    await chair.reads("The agenda does not carry so many credits");
    await chair.look("act-accredit");
    await chair.fill("Credits approved", "1.5");
    await chair.press("Accredit");
    await author.open(`/s/${reference}`);
    await author.reads("Accredited", "1.50 AMA PRA Category 1 Credit", "Its public page");
    await author.look("status-accredited");
  });
  await check("the catalogue shows it to everybody, with its designation", async () => {
    const visitor = await office.visitor();
    await visitor.open("/catalogue");
    await visitor.look("catalogue");
    await visitor.follow(name);
    await visitor.reads("Designation", "designates this live activity for a maximum of 1.5", "1.5 AMA PRA Category 1 Credit", "Amara Okafor");
    await visitor.look("activity");
  });
  await check("after it took place the author reports it", async () => {
    await author.open(`/s/${reference}`);
    await author.reads("a change counts once it is approved");
    await author.press("One week on");
    await author.press("One week on");
    await author.open(`/s/${reference}`);
    await author.follow("Report that it took place");
    await author.fill("Held on", day);
    await author.fill("Participants", "23");
    await author.look("act-report");
    await author.press("Report that it took place");
    await author.reads("Done");
  });
  await check("the office confirms, and the presenter's teaching credit stands", async () => {
    await screener.open("/");
    await open(screener, reference);
    await screener.follow("Confirm the report");
    await screener.press("Confirm the report");
    await screener.open("/");
    const presenter = await office.enter("Amara Okafor");
    await presenter.open("/credits");
    await presenter.reads(name, "3.00", "AMA PRA Category 1 Credit");
    await presenter.look("credits-teaching");
  });
}

// Makes sure that a table has a row to write in.
async function row(person) {
  const rows = person.main().getByRole("group", { name: /(row|person) \d+$/i });
  if ((await rows.count()) === 0) await person.press(/^Add /);
  await rows.first().waitFor();
}

async function declare(person, reference) {
  await person.open("/");
  await open(person, reference);
  await person.press("I have no conflict");
}

export async function judge(person, reasons) {
  await person.tick("The practice gap is shown", "Fully");
  await person.tick("The objectives can be measured", "Yes");
  await person.tick("The content rests on evidence", "Yes");
  await person.tick("The minutes counted for credit", "Yes");
  await person.fill("Your reasons", reasons);
  await person.tick("Your verdict", "Approve");
  await person.press("Give your verdict");
  await person.reads("Your verdict “Approve” is recorded");
}

// The chair takes what is on the agenda without waiting for the committee to meet.
export async function between(chair, page) {
  await chair.open(page);
  await chair.follow("Decide between meetings");
  await chair.fill("Reason", "All members have agreed in writing to decide now.");
  await chair.press("Decide between meetings");
}
