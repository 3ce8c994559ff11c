// A drawing wider than its frame opens where a submission is, or where it begins. Without this file one scrolls there.

document.addEventListener("drawn", begin);
begin();

function begin() {
  for (const frame of document.querySelectorAll(".drawing")) {
    show(frame);
    frame.closest("details")?.addEventListener("toggle", () => show(frame));
  }
}

function show(frame) {
  const place = frame.querySelector(".place.here") ?? frame.querySelector(".place");
  if (!place) return;
  const [box, room] = [place.getBoundingClientRect(), frame.getBoundingClientRect()];
  frame.scrollLeft += box.left + box.width / 2 - (room.left + room.width / 2);
  if (place.matches(".here")) frame.scrollTop += box.top + box.height / 2 - (room.top + room.height / 2);
}
