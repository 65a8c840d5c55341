// What a test asks of a page in a browser. These run inside the page, so they are texts: this project's types know no document.

/** How wide the page is, against how wide the window is. */
export const widths = '({ page: document.scrollingElement.scrollWidth, window: innerWidth })';

/** Opens every fold. */
export const unfold = 'document.querySelectorAll("details").forEach((fold) => { fold.open = true; })';

/** Every chart: its box, its accessible name, and the boxes of what is drawn in it relative to it. */
export const charts = `
[...document.querySelectorAll('svg[role=img]')].map((svg) => {
  const box = svg.getBoundingClientRect();
  const outside = [...svg.querySelectorAll('text, path')].filter((mark) => {
    const own = mark.getBoundingClientRect();
    return own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1 || own.bottom > box.bottom + 1;
  });
  return {
    width: box.width,
    height: box.height,
    name: document.getElementById(svg.getAttribute('aria-labelledby')).textContent,
    outside: outside.map((mark) => mark.outerHTML),
    scale: box.width / svg.viewBox.baseVal.width,
    fonts: [...svg.querySelectorAll('text')].map((text) => parseFloat(getComputedStyle(text).fontSize)),
  };
})`;

/** Every element with text of its own: its size in pixels, and the contrast of the text to what it stands on (WCAG 2). */
export const texts = `
(() => {
  const channels = (color) => color.match(/[0-9.]+/g).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = channels(color).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((channels(color)[3] ?? 1) > 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.body.querySelectorAll('*')]
    .filter((element) => !element.closest('title, desc'))
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''))
    .map((element) => {
      const style = getComputedStyle(element);
      const inSvg = element.ownerSVGElement;
      const scale = inSvg ? inSvg.getBoundingClientRect().width / inSvg.viewBox.baseVal.width : 1;
      const [a, b] = [luminance(inSvg ? style.fill : style.color), luminance(ground(element))];
      return {
        text: element.textContent.slice(0, 60),
        size: parseFloat(style.fontSize) * scale,
        contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
      };
    });
})()`;
