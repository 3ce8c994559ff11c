// The rules changed: an administrator edits, sees what is wrong at its line, proposes; a second one puts it into force;
// the next draft follows; what would have gone another way, and how open submissions are taken over.

export const title = "workflow";

const REMINDERS = "remind: [P7D, P14D]";

export async function play(office, check) {
  const administrator = await office.enter("Hannah Brandt");
  const second = await office.enter("Simon Achterberg");
  const author = await office.enter("Lucía Herrera");
  const { page } = administrator;
  // Each run adds a reminder of its own, for a version that says the same cannot be proposed twice.
  const [reminder, told] = office.scripts ? ["P20D", "after 20 days"] : ["P21D", "after 21 days"];
  const source = () => administrator.main().getByLabel("Definition").first();
  const replace = async (from, to) => {
    const text = await source().inputValue();
    if (!text.includes(from)) throw new Error(`the text has no “${from}”`);
    await source().fill(text.replace(from, to));
  };
  let before;

  await check("the workflows are listed with what is open, proved and staffed", async () => {
    await administrator.open("/workflows");
    await administrator.reads("in force since", "open submission", "proved over all paths", "Enough people");
    await administrator.look("workflows");
  });
  await check("one page has the drawing, its table, the rules, the form and the checks", async () => {
    await administrator.follow("Recognition of documented self-study");
    await administrator.reads("The way of a submission", "Who or when", "Who acts", "Deadlines", "Holds on every path", "From a file");
    const drawing = administrator.main().getByRole("region", { name: "Drawing of" });
    await drawing.focus();
    if ((await drawing.locator("svg title").count()) === 0) throw new Error("the drawing has no title");
    before = (await administrator.text()).match(/version\s+([0-9a-f]{12})/)[1];
    await administrator.look("workflow");
  });
  await check("the drawing goes out for other programs", async () => {
    const link = await administrator.main().getByRole("link", { name: "Drawing (SVG)" }).getAttribute("href");
    const answer = await page.request.get(link);
    if (!(await answer.text()).startsWith("<svg")) throw new Error("this is no SVG");
    if (!/attachment/.test(answer.headers()["content-disposition"])) throw new Error("it is not offered to save");
  });
  await check("the longest one keeps its width, and the page too", async () => {
    await administrator.open("/workflows/course-accreditation");
    await administrator.reads("Office screening", "Content");
    if (office.scripts) {
      const seen = await administrator.main().getByRole("region", { name: "Drawing of" }).evaluate((frame) => {
        const [start, room] = [frame.querySelector(".place").getBoundingClientRect(), frame.getBoundingClientRect()];
        return start.left >= room.left && start.right <= room.right;
      });
      if (!seen) throw new Error("the drawing does not open where a submission begins");
    }
    await administrator.look("workflow-course");
  });
  await check("a fault is told with its line, and leads to it", async () => {
    await administrator.open("/workflows/self-study/edit");
    await administrator.look("editor");
    await replace(/remind: \[P7D, P14D[^\]]*\]/.exec(await source().inputValue())[0], "remind: [P7D, P14X]");
    if (office.scripts) await administrator.main().getByText("to put right").waitFor();
    else await administrator.press("Check");
    await administrator.reads("errors to put right", "Line ", "is a length of time");
    await administrator.look("editor-faults");
    const line = (await source().inputValue()).split("\n").findIndex((text) => text.includes("P14X")) + 1;
    await administrator.follow(`Line ${line},`);
    const at = office.scripts
      ? await source().evaluate((area) => area.value.slice(0, area.selectionStart).split("\n").length)
      : Number(new URL(page.url()).hash.replace("#line-", ""));
    if (at !== line) throw new Error(`the fault leads to line ${at}, not ${line}`);
  });
  await check("a broken text is kept as a draft and cannot be proposed", async () => {
    await administrator.press("Propose this version");
    await administrator.reads("errors to put right");
    if (!(await source().inputValue()).includes("P14X")) throw new Error("what was typed is gone");
  });
  await check("once it is sound it is drawn, and what it changes is told", async () => {
    await replace("remind: [P7D, P14X]", `remind: [P7D, P14D, ${reminder}]`);
    await administrator.press("Check");
    await administrator.reads("Sound", "What it changes", told, "What the author is asked");
    await administrator.look("editor-sound");
  });
  await check("while one types the drawing follows, and typing stays where it is", async () => {
    if (!office.scripts) return;
    const drawing = administrator.main().getByRole("region", { name: "Drawing of" });
    await source().evaluate((area) => {
      area.focus();
      const start = area.value.indexOf("Refused");
      area.setSelectionRange(start, start + "Refused".length);
    });
    const place = () => source().evaluate((area) => [area.selectionStart, area.scrollTop, document.activeElement === area, scrollY]);
    const drawn = drawing.getByText("Turned down", { exact: true });
    await page.keyboard.type("Turned down");
    const there = await place();
    await drawn.waitFor();
    if (String(await place()) !== String(there)) throw new Error("the caret or the page has moved");
    if ((await administrator.main().locator("[data-verdict][role=status]").innerText()) === "") throw new Error("nothing is said");
    await page.keyboard.type("}");
    await administrator.main().getByText("what it was when it was last sound").waitFor();
    await drawn.waitFor();
    await page.route("**/edit", (route) => route.fulfill({ status: 413, contentType: "text/html", body: "<h1>Too long</h1>" }));
    await page.keyboard.press("Backspace");
    await administrator.main().getByText("It could not be checked: Too long").waitFor();
    await page.unroute("**/edit");
    for (let letters = "Turned down".length; letters > 0; letters--) await page.keyboard.press("Backspace");
    await page.keyboard.type("Refused");
    await drawn.waitFor({ state: "detached" });
    await administrator.reads("Sound");
  });
  await check("whoever comes second does not write over the first, and loses nothing", async () => {
    await second.open("/workflows/self-study/edit");
    await administrator.press("Save the draft");
    await administrator.reads("Saved", "A draft, saved by Hannah Brandt");
    await second.main().getByLabel("Definition").first().fill("format: 1\n# of the second one\n");
    await second.press("Save the draft");
    await second.reads("somebody changed this after you opened it", "What is saved now");
    if (!(await second.main().getByLabel("Definition").first().inputValue()).includes("# of the second one")) throw new Error("it is lost");
    await second.look("editor-overtaken");
  });
  await check("it is tried on past submissions", async () => {
    await administrator.open("/workflows/self-study/replay");
    await administrator.reads("finished submission", "gone the same way");
    await administrator.look("replay");
  });
  await check("who proposes does not put it into force", async () => {
    await administrator.open("/workflows/self-study/edit");
    await administrator.press("Propose this version");
    await administrator.reads("Proposed. Another administrator", "You proposed this yourself", `compared with version ${before}`, told);
    await administrator.look("workflow-proposed");
    await administrator.press("Put it into force");
    await administrator.reads("you proposed this yourself; another administrator has to look at it");
  });
  await check("a second administrator reads what changes and puts it into force", async () => {
    await second.open("/workflows");
    await second.follow("was proposed by Hannah Brandt");
    await second.reads("Proposed by Hannah Brandt", told);
    await second.press("Put it into force");
    await second.reads("It is in force", "Put into force by Simon Achterberg");
  });
  await check("the author's next draft follows the new version, drawn on its page", async () => {
    await author.open("/");
    await author.main().locator("form[action='/start/self-study']").getByRole("button").click();
    const answer = await author.page.request.get(`/api/v1/submissions/${author.page.url().split("/").at(-1)}`);
    const text = await answer.text();
    await administrator.open("/workflows/self-study");
    const now = (await administrator.text()).match(/version\s+([0-9a-f]{12})/)[1];
    if (now === before) throw new Error("the version is the same as before");
    if (!text.includes(now)) throw new Error(`the draft follows another version than ${now}`);
    await author.main().getByText("The way it took, drawn").click();
    await author.main().getByRole("region", { name: "Drawing of" }).waitFor();
    await author.look("status-drawn");
  });
  await check("open submissions of the old version are taken over by two administrators", async () => {
    await administrator.follow(`Take them over from version ${before}`);
    await administrator.reads("nothing to choose");
    await administrator.look("migrate");
    await administrator.press("Plan it");
    await administrator.reads("Nothing has happened yet", "What would happen now", "SS-");
    await administrator.look("migration");
    await second.open(new URL(page.url()).pathname);
    await second.press("Take them over");
    await second.reads("taken over.", "Carried out on");
  });
  await check("a new workflow begins with a sound example of two steps", async () => {
    const id = office.scripts ? "grand-rounds" : "journal-club";
    await administrator.open("/workflows");
    await administrator.fill("Its id", "Grand Rounds");
    await administrator.press("Begin a draft");
    await administrator.reads("There is a problem", "small letters, digits and hyphens");
    await administrator.fill("Its id", id);
    await administrator.press("Begin a draft");
    await administrator.reads("A draft, saved by Hannah Brandt");
    await administrator.press("Check");
    await administrator.reads("Sound. It can be proposed", "The way of a submission");
    await administrator.open("/workflows");
    await administrator.reads(id, "A draft was saved by Hannah Brandt");
  });
  await check("an auditor reads and checks, and is offered nothing to change", async () => {
    const auditor = await office.enter("Samuel Adeyemi");
    await auditor.open("/workflows");
    await auditor.readsNot("Begin a new workflow");
    await auditor.open("/workflows/self-study");
    await auditor.readsNot("Put it into force", "Take them over");
    await auditor.open("/workflows/self-study/edit");
    await auditor.readsNot("Save the draft", "Propose");
    await auditor.press("Check");
    await auditor.reads("Sound");
  });
}
