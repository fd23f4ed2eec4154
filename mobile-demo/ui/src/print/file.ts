// A paper as a file that stands alone: it shows the same wherever it is opened, asks nobody for
// anything and runs nothing.
import look from '../look/paper.css?inline';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'";
/** What the paper's look takes from the app's. */
const BASE =
  '*{box-sizing:border-box}:root{--rule-strong:#c9c3b2}h2,h3,p{margin:0}' +
  'body{max-width:46rem;margin:16px auto;padding:0 12px;background:#fff}';

/** `sheet` is the paper as it stands on the page. */
export function paperFile(sheet: Element, title: string): string {
  // Comments are marks of the framework; what people wrote is escaped and holds none.
  const body = sheet.outerHTML.replace(/<!--.*?-->/gs, '');
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${BASE}${look}</style>
</head>
<body>${body}</body>
</html>
`;
}

const escape = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
