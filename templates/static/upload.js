// Uploads files one after the other and shows how far it is, then saves the page with everything typed on it.
// Without this file the page's own button uploads them.

const REFUSED = "imprimatur.refused:";

for (const drop of document.querySelectorAll("[data-upload]")) {
  const input = drop.querySelector("input[type=file]");
  const button = drop.querySelector("button");
  const progress = drop.querySelector(".progress");
  button.hidden = true;
  const say = (refused) => progress.replaceChildren(...refused.map((text) => line("p", "fault", text)));
  const before = sessionStorage.getItem(REFUSED + drop.dataset.upload);
  sessionStorage.removeItem(REFUSED + drop.dataset.upload);
  if (before) say(JSON.parse(before));

  input.addEventListener("change", async () => {
    const files = [...input.files];
    if (files.length === 0) return;
    progress.replaceChildren();
    const refused = [];
    for (const file of files) {
      const fault = await upload(file, drop, progress);
      if (fault) refused.push(`${file.name}: ${fault}`);
    }
    input.value = "";
    if (refused.length < files.length) {
      // The page comes back with the good ones in its list, and says then what was wrong with the others.
      if (refused.length > 0) sessionStorage.setItem(REFUSED + drop.dataset.upload, JSON.stringify(refused));
      button.form.requestSubmit(button);
      return;
    }
    say(refused);
  });

  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", over);
      if (name === "drop" && event.dataTransfer.files.length > 0) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change"));
      }
    });
  }
}

// Resolves to what is wrong, or to nothing.
function upload(file, drop, progress) {
  if (file.size > Number(drop.dataset.max)) return Promise.resolve("it is larger than this question takes");
  if (file.size === 0) return Promise.resolve("it is empty");
  const bar = document.createElement("progress");
  bar.max = file.size;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  progress.append(line("p", "hint", file.name), bar);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => { bar.value = Math.min(event.loaded, file.size); };
    request.onload = () => resolve(request.status < 300 ? undefined : reason(request));
    request.onerror = () => resolve("the connection broke off; choose it again");
    const form = new FormData();
    form.append("file", file);
    request.open("POST", drop.dataset.upload);
    request.setRequestHeader("Accept", "application/problem+json");
    request.send(form);
  });
}

function reason(request) {
  if (request.status === 401) return "you are signed out; sign in in another window, then choose it again here";
  try {
    const problem = JSON.parse(request.responseText);
    return problem.errors?.[0]?.detail ?? problem.detail ?? problem.title;
  } catch {
    return "the server refused it; try again in a minute";
  }
}

function line(tag, name, text) {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}
