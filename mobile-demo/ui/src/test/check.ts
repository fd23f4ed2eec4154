// A rough stand-in for the core's check: what is shown, what is missing, which rules are broken.
import type {
  Checked,
  FieldDetail,
  FieldReading,
  Filled,
  FormDetail,
  Language,
  Value,
  Values,
  Violation,
} from '../bridge/contract';
import { fieldsOf, isEmpty } from '../form/state';
import { readAmount, textOf, wordsOf } from './amounts';
import { formDetail, labelsOf, tomlOf } from './pack';

type Scope = Record<string, unknown>;

/** The pack's expressions, which are a small part of CEL, as JavaScript. */
function holds(expression: string, scope: Scope): boolean {
  const script = expression
    .replace(/(\w+) in (\[[^\]]*\])/g, '$2.includes($1)')
    .replace(/size\((\w+)\)/g, '$1.length');
  const names = [...new Set([...script.matchAll(/\b[a-z_]\w*\b/g)].map(([name]) => name))].filter(
    (name) => !/^(null|true|false|includes|length)$/.test(name),
  );
  const compares =
    names.some((name) => isEmpty(scope[name] as Value)) &&
    /[<>+]|\w == \w/.test(script) &&
    !script.includes('null');
  if (compares) return true;
  const parent = (scope['parent'] ?? {}) as Scope;
  const given = names.map((name) =>
    name === 'parent' ? parent : (scope[name] ?? (name === 'agenda_item' ? [] : null)),
  );
  if (
    script.includes('parent.') &&
    names.some((name) => name.startsWith('votes') && scope[name] == null)
  )
    return true;
  return Boolean(new Function(...names, `return ${script};`)(...given));
}

function scopeOf(detail: FormDetail, values: Values): Scope {
  const read = (field: FieldDetail) => [field.name, readAmount(field, values[field.name])] as const;
  return Object.fromEntries(fieldsOf(detail).map(read));
}

export function check(
  of: Filled,
  language: Language,
  references: (value: string) => string,
): Checked {
  const detail = formDetail(of.form, language);
  const own = checkOne(of.form, of.fields, null, null, of.rows, language, references);
  const rows = of.rows.map((row, index) =>
    checkOne(row.form, row.fields, index, scopeOf(detail, of.fields), [], language, references),
  );
  return {
    fields: own.readings,
    rows: rows.map((row) => row.readings),
    violations: [own, ...rows].flatMap((one) => one.violations),
  };
}

function checkOne(
  form: string,
  values: Values,
  row: number | null,
  parent: Scope | null,
  rows: unknown[],
  language: Language,
  references: (value: string) => string,
) {
  const detail = formDetail(form, language);
  const scope: Scope = { ...scopeOf(detail, values), parent, agenda_item: rows };
  const toml = tomlOf(form);
  const say = (
    vi: string,
    en: string,
    field: string,
    severity: Violation['severity'],
  ): Violation => ({ form, field, row, severity, vi, en });
  const readings: FieldReading[] = [];
  const violations: Violation[] = [];
  for (const field of fieldsOf(detail)) {
    const spec = toml.tables['field']?.find((one) => one['name'] === field.name) ?? {};
    const value = values[field.name];
    const shown =
      spec['shown_when'] === undefined ||
      !isEmpty(value) ||
      holds(String(spec['shown_when']), scope);
    readings.push({
      name: field.name,
      shown,
      text: textOf(field, value, references, language),
      words: wordsOf(field, value),
      closed: [],
    });
    if (field.required && isEmpty(value))
      violations.push(say('Phải ghi ô này.', 'This must be filled.', field.name, 'block'));
    const amount = scope[field.name];
    const above = spec['ask_above'];
    if (typeof amount === 'number' && above !== undefined && amount > Number(above)) {
      violations.push(
        say(
          'Số này lớn hơn thường thấy. Có đúng không?',
          'This is more than usual. Is it right?',
          field.name,
          'ask',
        ),
      );
    }
  }
  for (const rule of toml.tables['rule'] ?? []) {
    if (holds(String(rule['check']), scope)) continue;
    const key = `form-${form}-rule-${String(rule['name'])}`;
    violations.push(
      say(
        labelsOf('vi')(key) ?? key,
        labelsOf('en')(key) ?? key,
        String(rule['field']),
        rule['severity'] as Violation['severity'],
      ),
    );
  }
  return { readings, violations };
}
