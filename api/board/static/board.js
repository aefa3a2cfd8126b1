// Keeps the board live: each event only says what changed; the server renders it again.
"use strict";

const live = document.getElementById("live");
const lost = document.getElementById("lost");
const waiting = new Set();
const today = new Date().toDateString();
let timer = null;

function later(path, id) {
  waiting.add(JSON.stringify([path, id]));
  timer ??= setTimeout(swapAll, 150); // several changes at once: one fetch for each place
}

async function swapAll() {
  timer = null;
  const batch = [...waiting].map((item) => JSON.parse(item));
  waiting.clear();
  await Promise.allSettled(batch.map(([path, id]) => swap(path, id)));
}

async function swap(path, id) {
  const answer = await fetch(`${path}?lang=${live.dataset.lang}`);
  if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
    location.reload(); // logged out, or the rooms are no longer the same
    return;
  }
  if (!answer.ok) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const fresh = holder.content.firstElementChild;
  const old = document.getElementById(id);
  if (!fresh || !old) return;
  if (id === "summary") {
    // the element stays, so that screen readers announce what is new in it
    if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
    return;
  }
  if (old.className !== fresh.className) fresh.classList.add("changed");
  old.replaceWith(fresh);
}

function room(id) {
  later(`/tiles/${encodeURIComponent(id)}`, `room-${id}`);
  later("/summary", "summary");
}

function everything() {
  for (const tile of document.querySelectorAll(".tile")) room(tile.id.slice("room-".length));
  later("/summary", "summary");
}

const source = new EventSource(live.dataset.stream);
source.addEventListener("open", () => { lost.textContent = ""; });
source.addEventListener("error", () => {
  lost.textContent = lost.dataset.text;
  if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
});
source.addEventListener("room", (event) => room(JSON.parse(event.data).id));
source.addEventListener("problem", (event) => {
  const place = JSON.parse(event.data).room;
  if (place) room(place);
  else later("/summary", "summary");
});
source.addEventListener("service", everything);
source.addEventListener("reload", () => location.reload());

// "since 16.20" becomes "since yesterday 16.20" at midnight
setInterval(() => { if (new Date().toDateString() !== today) location.reload(); }, 60_000);
