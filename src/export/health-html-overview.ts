// The top of the health report: totals, zombies, fired triggers, and the way to each owner.
import {
  type Owned,
  addressOf,
  firedTriggers,
  ownerName,
  zombieWord,
  zombiesByUrgency,
} from '../lifecycle/health/reading.js';
import type { HealthReport, HealthTrigger, HealthVersion, Zombie } from '../lifecycle/health/report.js';
import { type Markup, command, element, markup, nothing } from './html.js';

/** Where each version is in the document. */
export type Ids = ReadonlyMap<HealthVersion, string>;

function link(id: string, ...content: (string | Markup)[]): Markup {
  return element('a', { href: `#${id}` }, ...content);
}

function total(name: string, amount: number, bad: boolean): Markup {
  return element(
    'div',
    { class: bad && amount > 0 ? 'bad' : undefined },
    element('dt', {}, name),
    element('dd', {}, amount),
  );
}

/** The totals as tiles. */
export function totals({ totals: of }: HealthReport): Markup {
  return element(
    'dl',
    { class: 'totals' },
    total('models', of.models, false),
    total('versions', of.versions, false),
    total('serving', of.serving, false),
    total('zombies', of.zombies, true),
    total('triggers fired', of.firedTriggers, true),
    total('overdue', of.overdue, true),
    total('open incidents', of.openIncidents, true),
  );
}

/** Who answers for what: a link to each owner's part. */
export function contents(report: HealthReport): Markup {
  const entry = (id: string, name: string, told: string): Markup =>
    element('li', {}, link(id, name), ' ', element('small', {}, told));
  const owners = report.owners.map((owner, index) => {
    const overdue = owner.due.filter((due) => due.overdue).length;
    const zombies = owner.versions.filter((version) => version.zombies.length > 0).length;
    const fired = owner.versions.filter(({ triggers }) => triggers.some(({ state }) => state === 'fired'));
    const told = [
      [owner.versions.length, owner.versions.length === 1 ? 'version' : 'versions'],
      [zombies, zombies === 1 ? 'zombie' : 'zombies'],
      [fired.length, 'with fired triggers'],
      [overdue, 'overdue'],
    ] as const;
    const shown = told.filter(([amount], place) => place === 0 || amount > 0);
    return entry(`o${index}`, ownerName(owner.owner), shown.map((pair) => pair.join(' ')).join(', '));
  });
  return element('nav', { 'aria-label': 'Owners' }, element('h2', {}, 'By owner'), element('ul', {}, owners));
}

function zombieCard({ owner, version, item }: Owned<Zombie>, ids: Ids): Markup {
  return element(
    'li',
    { class: 'card' },
    element(
      'p',
      {},
      element('strong', {}, link(ids.get(version) ?? '', addressOf(item))),
      ' ',
      element('span', { class: 'bad' }, zombieWord(item.kind)),
    ),
    element('p', {}, item.message),
    element('p', { class: 'quiet' }, `${ownerName(owner)}, since ${item.since}`),
    element('p', {}, command(item.next)),
  );
}

function triggerCard({ owner, version, item }: Owned<HealthTrigger>, ids: Ids): Markup {
  return element(
    'li',
    { class: 'card' },
    element(
      'p',
      {},
      element('strong', {}, link(ids.get(version) ?? '', addressOf(version))),
      ' ',
      element('span', { class: 'bad' }, item.type),
    ),
    element('p', {}, item.message),
    element('p', { class: 'quiet' }, ownerName(owner)),
    element('p', {}, `→ ${item.response}`),
  );
}

function cards(id: string, title: string, made: readonly Markup[]): Markup {
  if (made.length === 0) return nothing;
  return element('section', { id }, element('h2', {}, title), element('ul', { class: 'cards' }, made));
}

/** What cannot wait: zombies, then triggers that fired; or that there is neither. */
export function urgent(report: HealthReport, ids: Ids): Markup {
  const zombies = zombiesByUrgency(report).map((zombie) => zombieCard(zombie, ids));
  const fired = firedTriggers(report).map((trigger) => triggerCard(trigger, ids));
  if (zombies.length + fired.length === 0)
    return element('p', { class: 'good' }, '✓ No zombies, and no trigger fired.');
  return markup(cards('zombies', 'Zombies', zombies), cards('triggers', 'Triggers fired', fired));
}
