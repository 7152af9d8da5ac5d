// browser.mjs PAGE [RUNS]: how long Chromium takes from the start of the navigation until every chart of a report is drawn, and to sort its table of machines.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";

const [page, runs = "5"] = process.argv.slice(2);
const frame = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))";
const measure = `(async () => {
  const load = performance.getEntriesByType("navigation")[0].loadEventEnd;
  await ${frame};
  const drawn = performance.now();
  const boxes = [...document.querySelectorAll("[data-chart]")];
  const blank = boxes.filter(box => ![...box.querySelectorAll("canvas")].some(canvas => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(byte => byte > 0))).length;
  const section = document.querySelector("section[aria-labelledby=machines]");
  const before = performance.now();
  section.querySelectorAll("thead button")[9].click();
  await ${frame};
  return { load, drawn, sorted: performance.now() - before, charts: boxes.length, blank, rows: section.querySelectorAll("tbody tr").length };
})()`;

async function open() {
  const profile = mkdtempSync(`${tmpdir()}/bench-browser-`);
  const chromium = spawn("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe", `--user-data-dir=${profile}`, "about:blank"],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [send, answers, waiting] = [chromium.stdio[3], chromium.stdio[4], new Map()];
  let text = "", id = 0;
  answers.setEncoding("utf8").on("data", part => {
    const messages = (text += part).split("\0");
    text = messages.pop();
    for (const message of messages.map(each => JSON.parse(each))) waiting.get(message.id ?? message.method)?.(message.result ?? message);
  });
  const call = (method, params = {}, sessionId = undefined) => new Promise(done => { waiting.set(++id, done); send.write(`${JSON.stringify({ id, method, params, sessionId })}\0`); });
  let target; // the page that is there: one that is made stays in the background and draws no frames
  while (!target) target = (await call("Target.getTargets")).targetInfos.find(each => each.type === "page");
  const { sessionId } = await call("Target.attachToTarget", { targetId: target.targetId, flatten: true });
  await call("Page.enable", {}, sessionId);
  const loaded = new Promise(done => waiting.set("Page.loadEventFired", done));
  await call("Page.navigate", { url: `file://${resolve(page)}` }, sessionId);
  await loaded;
  const { result } = await call("Runtime.evaluate", { expression: measure, awaitPromise: true, returnByValue: true }, sessionId);
  const ended = new Promise(done => chromium.once("exit", done));
  chromium.kill();
  await ended;
  rmSync(profile, { recursive: true, force: true });
  return result.value;
}

const all = [];
for (let run = 0; run < Number(runs); run++) all.push(await open());
const median = name => all.map(one => one[name]).sort((one, other) => one - other)[Math.floor(all.length / 2)];
console.log(`${all[0].charts} charts, ${all[0].blank} blank; ${all[0].rows} machines; median of ${runs}: loaded after ${Math.round(median("load"))} ms, drawn after ${Math.round(median("drawn"))} ms, sorted ${Math.round(median("sorted"))} ms after the click`);
