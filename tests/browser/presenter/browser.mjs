// Debian's Chromium for the tests; a page counts what it must not have: console errors, refused content, thrown errors.
import { chromium } from 'playwright-core';

const kFlags = ['--headless=new', '--no-sandbox', '--disable-background-networking', '--use-angle=swiftshader'];
export const kPhone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true };
export const kTablet = { viewport: { width: 1180, height: 820 } };

export function open_browser(more = []) {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', headless: true, args: [...kFlags, ...more] });
}

/** A page in a context of its own. `page.trouble` lists what went wrong in it. */
export async function open_page(browser, options) {
  const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', ...options });
  return watched(await context.newPage());
}

/** A page whose trouble is counted. */
export function watched(page) {
  page.setDefaultTimeout(Number(process.env['MACHI_PATIENCE'] ?? 90_000));  // a busy machine is slow, not wrong
  page.trouble = [];
  page.on('console', (message) => { if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) page.trouble.push(message.text()); });
  page.on('pageerror', (error) => page.trouble.push(error.message));
  return page;
}
