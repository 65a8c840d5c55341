// One metric of Evidently since 0.6.4, from any of the three shapes in which it is written.
import { field, isMapping, textField } from './content.js';

/** A metric: what was measured, with which settings, and what came out. */
export interface Entry {
  id: string;
  /** The class: `ValueDrift`. */
  type: string;
  params: Record<string, unknown>;
  value: unknown;
}

/** The class out of `evidently:metric_v2:ValueDrift`. */
function className(type: string): string {
  return type.slice(type.lastIndexOf(':') + 1);
}

function withoutType(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).filter(([key, value]) => key !== 'type' && key !== 'tests' && value !== null),
  );
}

/** `ValueDrift(column=age,method=psi)`: a class and its settings. Commas inside of a setting stay in it. */
function fromLabel(label: string): Pick<Entry, 'type' | 'params'> {
  const match = /^(\w+)\((.*)\)$/s.exec(label);
  if (!match) return { type: label, params: {} };
  const settings = (match[2] ?? '').split(/,(?=[A-Za-z_]+=)/).filter((setting) => setting !== '');
  const pairs = settings.map((setting): [string, unknown] => {
    const at = setting.indexOf('=');
    const text = setting.slice(at + 1);
    const isNumber = /^-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/.test(text) && setting.slice(0, at) !== 'column';
    return [
      setting.slice(0, at),
      isNumber ? Number(text) : text === 'True' ? true : text === 'False' ? false : text,
    ];
  });
  return { type: match[1] ?? label, params: Object.fromEntries(pairs) };
}

/** An element of `metrics`: 0.7.16 and later with `metric_name` and `config`, 0.6.4 to 0.7.15 with `metric_id` alone. */
export function entryOf(metric: unknown): Entry | undefined {
  const config = field(metric, 'config');
  const label = textField(metric, 'metric_name') ?? textField(metric, 'metric_id');
  if (label === undefined) return undefined;
  const base = { id: textField(metric, 'id') ?? label, value: field(metric, 'value') };
  const type = textField(config, 'type');
  if (!isMapping(config) || type === undefined) return { ...base, ...fromLabel(label) };
  return { ...base, type: className(type), params: withoutType(config) };
}

function valueOf(result: unknown): unknown {
  const parts = ['count', 'share', 'mean', 'std'].filter((key) => isMapping(field(result, key)));
  if (parts.length > 0)
    return Object.fromEntries(parts.map((key) => [key, field(field(result, key), 'value')]));
  const labels = field(result, 'values');
  if (!isMapping(labels)) return field(result, 'value');
  return Object.fromEntries(
    Object.entries(labels).map(([label, single]) => [
      label,
      isMapping(single) ? field(single, 'value') : single,
    ]),
  );
}

/** One of `metric_results` in a dump (`Snapshot.dumps`). */
export function entryOfResult(id: string, result: unknown): Entry | undefined {
  const params = field(field(field(result, 'metric_value_location'), 'metric'), 'params');
  const type = textField(params, 'type');
  if (!isMapping(params) || type === undefined) return undefined;
  return { id, type: className(type), params: withoutType(params), value: valueOf(result) };
}
