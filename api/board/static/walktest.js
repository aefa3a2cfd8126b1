// The walk test: what reacts is shown, said and heard; the server renders it.
"use strict";

const live = document.getElementById("live");
const lost = document.getElementById("lost");
const said = document.getElementById("said");
const sound = document.getElementById("sound");
let timer = null;
let audio = null;
let known = keys();

function keys() {
  return new Set([...document.querySelectorAll("#walk [data-key]")].map((item) => item.dataset.key));
}

function later() {
  timer ??= setTimeout(swap, 200); // several at once: one fetch
}

async function swap() {
  timer = null;
  const answer = await fetch(live.dataset.walk).catch(() => null);
  if (answer === null) return;
  if (answer.status === 401 || answer.status === 403) location.reload(); // logged out
  if (!answer.ok) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const fresh = holder.content.firstElementChild;
  document.getElementById("walk").replaceWith(fresh);
  const items = [...fresh.querySelectorAll("[data-key]")].filter((item) => !known.has(item.dataset.key));
  known = keys();
  if (!items.length) return;
  said.textContent = items.map((item) => item.dataset.said).join(". ");
  items.reverse().forEach((item, i) => {
    item.classList.add("new");
    beep(Number(item.dataset.place), i * 0.25);
  });
  navigator.vibrate?.(80);
}

// each room has a tone of its own, a step of a pentatonic scale
function beep(place, after) {
  if (audio === null) return;
  const scale = [0, 2, 4, 7, 9];
  const steps = scale[place % 5] + 12 * (Math.floor(place / 5) % 3);
  const from = audio.currentTime + after;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 440 * 2 ** (steps / 12);
  volume.gain.setValueAtTime(0.0001, from);
  volume.gain.exponentialRampToValueAtTime(0.4, from + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.22);
  tone.connect(volume).connect(audio.destination);
  tone.start(from);
  tone.stop(from + 0.24);
}

// a phone makes no sound, and does not stay awake, before somebody has tapped
sound.hidden = !window.AudioContext;
sound.addEventListener("click", async () => {
  if (audio === null) {
    audio = new AudioContext();
    await audio.resume();
    navigator.wakeLock?.request("screen").catch(() => {});
    beep(0, 0);
  } else {
    audio.close();
    audio = null;
  }
  sound.textContent = audio === null ? sound.dataset.on : sound.dataset.off;
});

const refresh = document.getElementById("refresh");
history.replaceState(null, "", refresh.href); // the walk goes on when the page is loaded again
refresh.hidden = true; // it follows by itself

const source = new EventSource(live.dataset.stream);
source.addEventListener("open", () => {
  lost.textContent = "";
  later(); // what happened while there was no contact
});
source.addEventListener("error", () => {
  lost.textContent = lost.dataset.text;
  if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
});
source.addEventListener("device", later);
source.addEventListener("service", () => location.reload());
source.addEventListener("reload", later);
