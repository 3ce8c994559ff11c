// What is wrong is said once on top and beside the field, and nothing that was typed is lost.

import { later } from "../person.mjs";
import { attach } from "./self_study.mjs";

export const title = "bad input";

export async function play(office, check) {
  const author = await office.enter("Daniel Whitehorse");
  let form;

  await check("hours off the step are refused on top and beside the field, what was typed stays", async () => {
    await author.press("Start: Recognition of documented self-study");
    await author.follow("What you studied");
    form = author.page.url();
    await author.fill("Title of what you studied", "Snake bites: what the poison center asks");
    await author.fill("Date you finished", later(await author.today(), -1));
    await author.fill("Hours claimed", "2.1");
    await author.press("Save and continue");
    await author.reads("There is a problem", "multiple of 0.25");
    await keeps(author, "Title of what you studied", "Snake bites: what the poison center asks");
    await keeps(author, "Hours claimed", "2.1");
    if (!(await author.page.title()).startsWith("Error: ")) throw new Error("the title does not say that there is an error");
    await author.look("form-refused");
  });
  await check("the list of faults leads to the field", async () => {
    if (office.scripts) {
      const focused = await author.page.evaluate(() => document.activeElement.textContent);
      if (!focused.includes("There is a problem")) throw new Error("the list of faults has not the focus");
    }
    await author.page.getByRole("region", { name: "There is a problem" }).getByRole("link").first().click();
    if (!author.page.url().endsWith("#hours")) throw new Error(`the link leads to ${author.page.url()}`);
  });
  for (const [hours, said] of [["-1", "0.25 or more"], ["500", "20 or less"], ["many", "number"]]) {
    await check(`“${hours}” hours are refused`, async () => {
      await author.fill("Hours claimed", hours);
      await author.press("Save and continue");
      await author.reads("There is a problem", said);
      await keeps(author, "Hours claimed", hours);
    });
  }
  await check("a draft that is not complete cannot be sent, and it says what is missing", async () => {
    await author.fill("Hours claimed", "2.25");
    await author.press("Save and come back later");
    await author.follow("Check your answers and send");
    await author.reads("There is a problem", "Not ready to send", "What you learned and will change");
    await author.look("check-incomplete");
  });
  await check("a program that is called .pdf is refused by what it is", async () => {
    await author.open(form.replace(/study$/, "evidence"));
    const program = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), Buffer.alloc(4096)]);
    await attach(author, "Certificate, log or notes", { name: "log.pdf", mimeType: "application/pdf", buffer: program });
    await author.page.getByText(/log\.pdf/).first().waitFor();
    await author.reads("not");
    if (await author.main().getByRole("link", { name: "log.pdf" }).and(author.main().locator("[href*=view]")).count()) throw new Error("it was taken");
    await author.look("upload-refused");
  });
  await check("two answers to one question stand side by side in the second tab, until one is chosen", async () => {
    await author.open(form);
    const second = await author.another();
    await second.goto(form);
    await author.fill("Title of what you studied", "Snake bites in spring");
    await author.press("Save and come back later");
    await second.getByLabel("Title of what you studied").fill("Snake bites in autumn");
    await second.getByRole("button", { name: "Save and continue" }).click();
    const shown = await second.getByRole("main").innerText();
    for (const text of ["Saved meanwhile", "Snake bites in spring"]) {
      if (!shown.includes(text)) throw new Error(`“${text}” is not shown`);
    }
    const typed = await second.getByLabel("Title of what you studied").inputValue();
    if (typed !== "Snake bites in autumn") throw new Error(`“${typed}” stands there, not what was typed`);
    await second.getByLabel("Use theirs, as it is above").check();
    await second.getByRole("button", { name: "Save and come back later" }).click();
    await second.context().close();
    await author.open(form);
    await keeps(author, "Title of what you studied", "Snake bites in spring");
  });
  if (office.scripts) await check("what was typed and not sent is offered when the form is opened again, and never filled in by itself", async () => {
    await author.open(form);
    await author.fill("Title of what you studied", "Snake bites in winter");
    await author.page.waitForTimeout(600);
    await author.open(form);
    await keeps(author, "Title of what you studied", "Snake bites in spring");
    await author.reads("that was not sent");
    await author.press("Fill it in");
    await keeps(author, "Title of what you studied", "Snake bites in winter");
    await author.press("Save and come back later");
    await author.open(form);
    await keeps(author, "Title of what you studied", "Snake bites in winter");
    if (await author.page.locator(".draft").count()) throw new Error("it was sent and is offered still");
    await author.fill("Title of what you studied", "Snake bites in spring");
    await author.press("Save and come back later");
  });
  await check("what is not there or not one's own is answered alike", async () => {
    if ((await author.open("/s/SS-2026-0001")) !== 404) throw new Error("somebody else's submission is shown");
    await author.look("not-found");
    if ((await author.open("/s/SS-1999-0001")) !== 404) throw new Error("there is no such submission");
    if ((await author.open("/queue")) !== 403) throw new Error("the queue is shown");
  });
}

async function keeps(person, label, value) {
  const shown = await person.main().getByLabel(label).first().inputValue();
  if (shown !== value) throw new Error(`“${label}” shows “${shown}”, not what was typed`);
}
