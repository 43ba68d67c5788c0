/** Where a statement stands in the stored text of its policy. Lines and columns are 1-based. */
export interface StatementSpan {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Offset of the statement's opening brace. */
  readonly start: number;
  /** Offset after its closing brace. */
  readonly end: number;
}

/**
 * The spans of the statements of a policy document, in order; empty where there is no `Statement`. The text must be
 * JSON already: this walks brackets and strings only.
 */
export function statementSpans(text: string): readonly StatementSpan[] {
  const offsets = statementOffsets(text);
  const spans: StatementSpan[] = [];
  let line = 1;
  let lineStart = 0;
  let at = 0;
  const place = (offset: number): { line: number; column: number } => {
    for (; at < offset; at += 1) {
      const char = text[at];
      if (char === '\n' || (char === '\r' && text[at + 1] !== '\n')) {
        line += 1;
        lineStart = at + 1;
      }
    }
    return { line, column: offset - lineStart + 1 };
  };
  for (const { start, end } of offsets) {
    const from = place(start);
    const to = place(end);
    spans.push({ ...from, endLine: to.line, endColumn: to.column, start, end });
  }
  return spans;
}

function statementOffsets(text: string): readonly { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let depth = 0;
  let inStatement = false;
  let listed = false;
  let start = -1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      const end = endOfString(text, at);
      if (depth === 1 && !inStatement && text.slice(at, end) === '"Statement"') inStatement = true;
      at = end - 1;
    } else if (char === '{' || char === '[') {
      depth += 1;
      if (inStatement && char === '[' && depth === 2) listed = true;
      if (inStatement && char === '{' && depth === (listed ? 3 : 2)) start = at;
    } else if (char === '}' || char === ']') {
      if (inStatement && char === '}' && depth === (listed ? 3 : 2)) found.push({ start, end: at + 1 });
      depth -= 1;
      if (depth === 1 && inStatement) break;
    }
  }
  return found;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
