/** What a mail of ours says: a greeting, some lines, one button, some more lines. */
export type Letter = { greeting: string; lines: readonly string[]; button?: { label: string; href: string }; after?: readonly string[] }

/** A letter as plain text and as HTML. Names and links are escaped: what a stranger types is only ever text. */
export function letter({ greeting, lines, button, after = [] }: Letter): { text: string; html: string } {
  const text = [greeting, ...lines, ...(button ? [`${button.label}:\n${button.href}`] : []), ...after, '— Clew 线索'].join('\n\n')
  const paragraph = (line: string, style = '') => `<p style="margin:0 0 16px;${style}">${escapeHtml(line)}</p>`
  const link = button
    ? `<p style="margin:24px 0"><a href="${escapeHtml(button.href)}" style="display:inline-block;padding:10px 20px;border-radius:6px;background:#c8371b;color:#fff;text-decoration:none;font-weight:600">${escapeHtml(button.label)}</a></p><p style="margin:0 0 16px;font-size:12px;color:#6b6660;word-break:break-all">${escapeHtml(button.href)}</p>`
    : ''
  const body = [paragraph(greeting), ...lines.map((line) => paragraph(line)), link, ...after.map((line) => paragraph(line, 'font-size:13px;color:#6b6660'))].join('')
  const html = `<!doctype html><html><head><meta charset="utf-8"></head><body style="margin:0;padding:32px 16px;background:#f7f5f2;color:#1f1c19;font:15px/1.6 -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif"><div style="max-width:520px;margin:0 auto;padding:32px;background:#fff;border-radius:8px"><p style="margin:0 0 24px;font-weight:600;color:#c8371b">Clew 线索</p>${body}</div></body></html>`
  return { text, html }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}
