// The pack of Mường Khương as the bridge would give it, read from the server's own files. For the
// fake host only: the real one does this in Rust.
import type { FieldDetail, FieldKind, FormDetail, Language } from '../bridge/contract';
import { readToml, type Table, type Toml } from './toml';

const forms = import.meta.glob('../../../../server/packs/muong-khuong/forms/*.toml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const choices = import.meta.glob('../../../../server/packs/muong-khuong/choices/*.toml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const labels = import.meta.glob('../../../../server/packs/muong-khuong/labels/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export type Labels = (key: string) => string | null;

function named(files: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(files).map(([path, text]) => [
    path.replace(/^.*\/(\w+)\.\w+$/, '$1'),
    text as string,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

const formTexts = named(forms);
const choiceTexts = named(choices);
const labelTexts = named(labels);

const FORM_ORDER = [
  'meeting',
  'agenda_item',
  'contribution',
  'contribution_drive',
  'work',
  'household',
  'person',
];
const CARRIED = [
  'kind',
  'place',
  'started_at',
  'chair',
  'note_taker',
  'total_official',
  'total_probationary',
  'exempt',
  'mobilised_by',
  'mobilised_by_role',
  'work',
];
const KINDS: Record<string, FieldKind> = {
  long_text: 'longText',
  yes_no: 'yesNo',
  org_unit: 'orgUnit',
};

export const formNames = FORM_ORDER;
export const tomlOf = (name: string): Toml => readToml(formTexts[name] ?? '');

export function labelsOf(language: Language): Labels {
  const lines = (labelTexts[language] ?? '')
    .split('\n')
    .map((line) => /^([\w-]+) = (.*)$/.exec(line));
  const map = new Map(
    lines.flatMap((found) => (found ? [[found[1] ?? '', found[2] ?? '']] : [])) as [
      string,
      string,
    ][],
  );
  return (key) => map.get(key) ?? null;
}

export function formDetail(name: string, language: Language): FormDetail {
  const toml = tomlOf(name);
  const label = labelsOf(language);
  const fields = toml.tables['field'] ?? [];
  const groups = toml.tables['group'] ?? [];
  const sections = [...new Set(fields.map((field) => String(field['section'])))];
  const children = FORM_ORDER.filter((other) => tomlOf(other).top['parent'] === name);
  return {
    name,
    label: label(`form-${name}`) ?? name,
    help: label(`form-${name}-help`),
    version: 1,
    occurredOn: (toml.top['occurred_on'] as string | undefined) ?? null,
    sections: sections.map((section) => ({
      name: section,
      label: label(`form-${name}-section-${section}`) ?? section,
      fields: fields
        .filter((field) => field['section'] === section)
        .map((field) => fieldDetail(name, field, groups, label)),
    })),
    children: children.map((child) => formDetail(child, language)),
  };
}

function fieldDetail(form: string, field: Table, groups: Table[], label: Labels): FieldDetail {
  const name = String(field['name']);
  const type = String(field['type']);
  const key = `form-${form}-${name}`;
  const group = groups.find((one) => (one['fields'] as string[]).includes(name));
  const unit = field['unit'] as string | undefined;
  return {
    name,
    label: label(key) ?? name,
    ask: label(`${key}-ask`) ?? label(key) ?? name,
    help: label(`${key}-help`),
    kind: KINDS[type] ?? (type as FieldKind),
    unit: unit ? label(`unit-${unit}`) : null,
    decimals: type === 'decimal' ? Number(field['scale']) : unit === 'labour_day' ? 1 : 0,
    target: (field['target'] as string | undefined) ?? null,
    options: field['choices'] ? options(String(field['choices']), label) : [],
    required: field['required'] === true,
    sensitivity: (field['sensitivity'] as FieldDetail['sensitivity'] | undefined) ?? 'normal',
    group: group ? String(group['name']) : null,
    carried:
      CARRIED.includes(name) &&
      form !== 'agenda_item' &&
      !(form === 'contribution' && name === 'kind'),
  };
}

function options(list: string, label: Labels) {
  const found = readToml(choiceTexts[list] ?? '').tables['option'] ?? [];
  return found.map((option) => ({
    name: String(option['name']),
    label: label(`choice-${list}-${String(option['name'])}`) ?? String(option['name']),
    from: null,
    to: null,
  }));
}
