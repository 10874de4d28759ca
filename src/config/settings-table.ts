import { catalog, type Described, environmentOnly } from './catalog';

/** The table of all settings for the documentation, in Markdown. */
export function settingsTable(): string {
  const rows = [
    ...Object.entries(catalog).map(([option, described]) => row(`\`${option}\``, described)),
    ...Object.entries(environmentOnly).map(([name, described]) => row(name, described)),
  ];
  return ['| option | environment | default | unit | meaning |', '|---|---|---|---|---|', ...rows, ''].join(
    '\n',
  );
}

function row(option: string, { variables, byDefault, unit, meaning }: Described): string {
  const environment = variables.map((name) => `\`${name}\``).join(', ') || '-';
  return `| ${[option, environment, byDefault, unit ?? '-', meaning].join(' | ')} |`;
}
