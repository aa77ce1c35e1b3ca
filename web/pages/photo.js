/* The page behind a link for photos: choose up to three, look at them, send them once. */

"use strict";
(() => {
  const MOST = 3;
  const LONGEST_PX = 1600;
  const LARGEST_FILE = 40_000_000;
  const $ = (id) => document.getElementById(id);
  const words = $("words").dataset;
  const photos = [];
  /** The same for every try, so that a lost answer does not cost the link. */
  const upload = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  function say(problem) {
    $("problem").textContent = problem;
  }

  async function shrink(file) {
    if (file.size > LARGEST_FILE) throw new RangeError(words.tooBig);
    const bitmap = await createImageBitmap(file).catch(() => {
      throw new RangeError(words.notAPhoto);
    });
    const scale = Math.min(1, LONGEST_PX / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    canvas.setAttribute("role", "img");
    return canvas;
  }

  async function add(files) {
    say("");
    $("busy").textContent = words.preparing;
    for (const file of files) {
      if (photos.length >= MOST) {
        say(words.enough);
        break;
      }
      try {
        photos.push(await shrink(file));
      } catch (error) {
        say(error instanceof RangeError ? error.message : words.notAPhoto);
      }
    }
    $("busy").textContent = "";
    show();
  }

  function show() {
    $("chosen").replaceChildren(...photos.map(item));
    $("pick").hidden = photos.length >= MOST;
    $("send").hidden = photos.length === 0;
    (photos.length ? $("send") : $("choose")).focus();
  }

  function item(canvas, index) {
    const name = `${words.photo} ${index + 1}`;
    canvas.setAttribute("aria-label", name);
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "button plain";
    drop.textContent = words.drop;
    drop.setAttribute("aria-label", `${words.drop}: ${name}`);
    drop.addEventListener("click", () => {
      photos.splice(photos.indexOf(canvas), 1);
      show();
    });
    const line = document.createElement("li");
    line.append(canvas, drop);
    return line;
  }

  function send() {
    say("");
    $("send").disabled = true;
    $("busy").textContent = words.sending;
    $("progress").hidden = false;
    $("progress").value = 0;
    const request = new XMLHttpRequest();
    request.open("POST", `${location.pathname.replace(/\/$/, "")}/photos`);
    request.setRequestHeader("Content-Type", "application/json");
    request.timeout = 120_000;
    request.upload.onprogress = ({ loaded, total }) => {
      $("progress").value = total ? loaded / total : 0;
    };
    request.onloadend = () => ended(request);
    const sent = photos.map((canvas) => canvas.toDataURL("image/jpeg", 0.8).split(",")[1]);
    request.send(JSON.stringify({ upload, photos: sent }));
  }

  function ended(request) {
    $("send").disabled = false;
    $("busy").textContent = "";
    $("progress").hidden = true;
    if (request.status === 204) {
      $("start").hidden = true;
      $("done").hidden = false;
      $("done").focus();
      return;
    }
    say(request.status ? sentence(request.responseText) : words.noLine);
    $("send").focus();
  }

  function sentence(text) {
    try {
      return JSON.parse(text).error.message;
    } catch {
      return words.noLine;
    }
  }

  for (const id of ["camera", "gallery"]) {
    $(id).addEventListener("change", ({ target }) => {
      const files = [...target.files];
      target.value = "";
      if (files.length) add(files);
    });
  }
  $("take").addEventListener("click", () => $("camera").click());
  $("choose").addEventListener("click", () => $("gallery").click());
  $("send").addEventListener("click", send);
  $("start").hidden = false;
})();
