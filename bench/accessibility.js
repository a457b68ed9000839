// Runs axe-core on pages given as "file scheme width" triples, every <details> open. Prints one JSON line a page.
// CHROMIUM names the browser. See accessibility.py.
const fs = require("fs");
const { pathToFileURL } = require("url");
const puppeteer = require("puppeteer-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");

async function check(browser, file, scheme, width) {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations", "incomplete"] }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  await page.close();
  const named = (rules) => rules.map((rule) => [rule.id, rule.impact, rule.nodes.length, rule.nodes[0].target.join(" ")]);
  console.log(
    JSON.stringify({
      file, scheme, width, wide,
      passes: found.passes.length,
      violations: named(found.violations),
      incomplete: named(found.incomplete),
    }),
  );
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  const given = process.argv.slice(2);
  for (let at = 0; at < given.length; at += 3) await check(browser, given[at], given[at + 1], Number(given[at + 2]));
  await browser.close();
})();
