// The health report in a real browser: on a phone and a desk, light and dark, it shows its charts, asks for nothing and runs nothing.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { healthHtml } from '../../src/export/health-html.js';
import type { HealthReport } from '../../src/lifecycle/health/report.js';
import { attacks } from '../support/any-health.js';
import { temporaryFolder } from '../support/folders.js';
import { emptyReport, reportWith, sampleReport, withTexts } from '../support/health.js';
import { seriesWith } from '../support/health-series.js';
import { charts, texts, unfold, widths } from './health-page.js';
import { must, root } from './tools.js';

const program = '/usr/bin/chromium';
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };
const manners = [
  { ...phone, colorScheme: 'light' },
  { ...phone, colorScheme: 'dark' },
  { ...desk, colorScheme: 'light' },
  { ...desk, colorScheme: 'dark' },
] as const;

let browser: Browser;
beforeAll(async () => {
  if (!existsSync(program)) {
    must('apt-get', ['update', '-qq'], root);
    must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], root);
  }
  browser = await chromium.launch({
    executablePath: program,
    // Its own sandbox does not start as root, as which containers run.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
});
afterAll(() => browser?.close());

interface Opened {
  page: Page;
  address: string;
  /** What the browser complained about, asked for, or was made to do. */
  seen: { said: string[]; asked: string[]; ran: string[] };
}

/** Opens a report in a window, and writes down all that the page does from the beginning. */
async function opened(report: HealthReport, manner: (typeof manners)[number]): Promise<Opened> {
  const file = path.join(await temporaryFolder(), 'health.html');
  await writeFile(file, healthHtml(report));
  const page = await browser.newPage({
    viewport: { width: manner.width, height: manner.height },
    colorScheme: manner.colorScheme,
  });
  const seen: Opened['seen'] = { said: [], asked: [], ran: [] };
  page.on('console', (message) => seen.said.push(message.text()));
  page.on('pageerror', (error) => seen.said.push(error.message));
  page.on('request', (request) => seen.asked.push(request.url()));
  page.on('dialog', (dialog) => {
    seen.ran.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('popup', () => seen.ran.push('popup'));
  const address = pathToFileURL(file).href;
  await page.goto(address, { waitUntil: 'load' });
  await page.evaluate(unfold);
  return { page, address, seen };
}

interface Chart {
  width: number;
  height: number;
  name: string;
  outside: string[];
  scale: number;
}

interface Text {
  text: string;
  size: number;
  contrast: number;
}

describe.each(manners)('$width pixels, $colorScheme', (manner) => {
  test('a usual report', async () => {
    const { page, address, seen } = await opened(sampleReport(), manner);
    expect(seen).toEqual({ said: [], asked: [address], ran: [] });
    expect(await page.evaluate(widths)).toEqual({ page: manner.width, window: manner.width });

    const drawn = await page.evaluate<Chart[]>(charts);
    expect(drawn.length).toBeGreaterThan(40);
    for (const chart of drawn) {
      expect(chart.width).toBeGreaterThanOrEqual(280);
      expect(chart.height).toBeGreaterThan(100);
      expect(chart.name).toContain('over time');
      expect(chart.outside).toEqual([]);
    }
    const written = await page.evaluate<Text[]>(texts);
    expect(written.length).toBeGreaterThan(400);
    expect(written.filter(({ size }) => size < 14)).toEqual([]);
    expect(written.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
    await page.close();
  });

  test('a hostile report runs nothing, asks for nothing and stays in its width', async () => {
    const { page, address, seen } = await opened(
      withTexts(sampleReport({ owners: 3, versionsPerOwner: 2, seriesPerVersion: 8, points: 6 }), (text) =>
        attacks.join(text),
      ),
      manner,
    );
    await page.mouse.move(manner.width / 2, manner.height / 2);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(seen).toEqual({ said: [], asked: [address], ran: [] });
    expect(await page.evaluate('document.scripts.length + document.images.length')).toBe(0);
    expect(await page.evaluate(widths)).toEqual({ page: manner.width, window: manner.width });
    await page.close();
  });
});

test('the file forbids scripts and requests by itself, were one ever to get in', async () => {
  const file = path.join(await temporaryFolder(), 'health.html');
  const attack =
    '<script>alert(1)</script><img src="https://example.invalid/x.png" onerror="alert(2)"><a id="go" href="javascript:alert(3)">x</a>';
  await writeFile(file, healthHtml(emptyReport()).replace('</main>', `${attack}</main>`));
  const page = await browser.newPage();
  const [asked, ran]: [string[], string[]] = [[], []];
  page.on('requestfinished', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(file).href);
  await page.click('#go');
  await page.waitForTimeout(200);
  expect({ asked, ran }).toEqual({ asked: [pathToFileURL(file).href], ran: [] });
  await page.close();
});

test('odd series are drawn within their charts', async () => {
  const values = [
    [0.1],
    [0.4],
    [null, null],
    [],
    [0, 0],
    [1e-300, 1e300, -1e300],
    [-1234567.8, 1.25e-7, 98765432.1],
  ];
  const { page, seen } = await opened(reportWith(...values.map((each) => seriesWith(each))), manners[0]);
  const drawn = await page.evaluate<Chart[]>(charts);
  expect(drawn.flatMap(({ outside }) => outside)).toEqual([]);
  expect(drawn).toHaveLength(values.length);
  expect(seen.said).toEqual([]);
  await page.close();
});

test('links lead to owners and versions, and paper gets everything, folds included', async () => {
  const { page } = await opened(sampleReport(), manners[2]);
  await page.click('#zombies a');
  expect(
    await page.evaluate('Math.round(document.querySelector(":target").getBoundingClientRect().top)'),
  ).toBe(0);
  await page.evaluate('document.querySelectorAll("details").forEach((fold) => { fold.open = false; })');
  const shown = 'document.querySelector("details td").checkVisibility({ contentVisibilityAuto: true })';
  await expect.poll(() => page.evaluate(shown)).toBe(false);
  await page.emulateMedia({ media: 'print' });
  await expect.poll(() => page.evaluate(shown)).toBe(true);
  expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
  await page.close();
});

test('a report of a thousand versions opens', async () => {
  const large = sampleReport({ owners: 100, versionsPerOwner: 10, seriesPerVersion: 6, points: 52 });
  const { page, seen } = await opened(large, manners[0]);
  expect(seen.said).toEqual([]);
  expect(await page.evaluate(widths)).toEqual({ page: phone.width, window: phone.width });
  await page.close();
});
