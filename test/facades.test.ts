// The bundle without chunks that only name what another holds: nothing asks for what is gone.
import { expect, test } from 'vitest';
import { withoutFacades } from '../scripts/facades.js';

const facade = 'export{t as run,n as default}from"./core.js";';

test('who asks for a facade late asks for the chunk behind it, from any folder', () => {
  const chunks = new Map([
    ['mlc.js', 'const{run}=await import(`./chunks/main.js`);run()'],
    ['core.js', 'let t,n;import(`./main.js`);import(`./other.js`);export{t,n}'],
    ['other.js', 'export{}'],
    ['main.js', facade],
  ]);
  expect([...withoutFacades(chunks, new Set(['mlc.js']))]).toEqual([
    ['mlc.js', 'const{run}=await import(`./chunks/core.js`).then(m=>({run:m.t,default:m.n}));run()'],
    [
      'core.js',
      'let t,n;import(`./core.js`).then(m=>({run:m.t,default:m.n}));import(`./other.js`);export{t,n}',
    ],
    ['other.js', 'export{}'],
  ]);
});

test('what is started by name stays', () => {
  expect([...withoutFacades(new Map([['mlc.js', facade]]), new Set(['mlc.js'])).keys()]).toEqual(['mlc.js']);
});

test.each(['import{run}from"./main.js";', 'new URL("./main.js",x)', 'export{a}from"./main.js";'])(
  'a facade that is asked for otherwise ends the build: %s',
  (code) => {
    const chunks = new Map([
      ['main.js', facade],
      ['other.js', `${code}let z`],
    ]);
    expect(() => withoutFacades(chunks, new Set())).toThrow('other.js asks for main.js');
  },
);
