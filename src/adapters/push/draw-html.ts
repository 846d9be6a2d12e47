import type { TextOptions } from '../../replies/render-text.ts';
import type { Reply, Severity, Table } from '../../replies/reply.ts';

const COLOURS: Readonly<Record<Severity, string>> = {
  ok: '#1a7f37',
  watch: '#57606a',
  warn: '#9a6700',
  crit: '#cf222e',
  emerg: '#8250df',
};

/** A reply as a mail's HTML: no script, no picture, no link, nothing loaded from anywhere. */
export function drawHtml(
  reply: Reply,
  { say, format }: Pick<TextOptions, 'say' | 'format'>,
): string {
  const asOf =
    reply.takenAt === null ? '' : say('common.asOf', { time: format.time(reply.takenAt) });
  return [
    '<div style="font-family:sans-serif;font-size:14px">',
    `<h3 style="margin:0;${colour(reply.severity)}">${inHtml(reply.title)}</h3>`,
    `<p>${reply.figures.map(({ label, text }) => `${inHtml(label)} <b>${inHtml(text)}</b>`).join('<br>')}</p>`,
    ...reply.tables.map(tableHtml),
    ...reply.paragraphs.map((text) => `<p>${inHtml(text)}</p>`),
    ...reply.notes.map(
      ({ text, severity }) => `<p style="margin:0;${colour(severity)}">${inHtml(text)}</p>`,
    ),
    `<p style="color:#57606a">${inHtml(asOf)}</p>`,
    '</div>',
  ].join('\n');
}

function tableHtml({ caption, columns, rows, empty }: Table): string {
  const above = caption === null ? '' : `<p><b>${inHtml(caption)}</b></p>`;
  if (rows.length === 0) return `${above}<p>${inHtml(empty)}</p>`;
  const head = columns.map(({ label, align }) => `<th align="${align}">${inHtml(label)}</th>`);
  const body = rows.map((row) => {
    const cells = row.map(
      ({ text, severity }, index) =>
        `<td align="${columns[index]?.align ?? 'left'}" style="${colour(severity)}">${inHtml(text)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return `${above}<table cellpadding="4"><tr>${head.join('')}</tr>${body.join('')}</table>`;
}

function colour(severity: Severity | null): string {
  return severity === null ? '' : `color:${COLOURS[severity]}`;
}

function inHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (sign) => names[sign] ?? '');
}
