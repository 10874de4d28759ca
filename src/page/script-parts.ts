/**
 * What every page builds its lists from. Data becomes text nodes only; there is no HTML from strings anywhere in
 * a page's script. Input and output are laid out as text, so that long numbers keep their digits.
 */
export const PAGE_PARTS = String.raw`  const MOST_CHARACTERS = 100000;
  // Control characters, and those that reorder or hide text: shown by name, so that nothing can pose as something else.
  const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/;

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function codePointName(character) {
    return 'U+' + character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  }

  /** Text of unknown origin: isolated from its surroundings, hidden characters made visible. */
  function foreign(tag, className, text) {
    const box = element(tag, className);
    box.dir = 'auto';
    appendForeign(box, text);
    return box;
  }

  function appendForeign(box, text) {
    let rest = text;
    for (let at = rest.search(HIDDEN); at !== -1; at = rest.search(HIDDEN)) {
      box.append(rest.slice(0, at), element('span', 'hidden-character', codePointName(rest[at])));
      rest = rest.slice(at + 1);
    }
    box.append(rest);
  }

  const pad = (number) => String(number).padStart(2, '0');

  function clockTime(millis) {
    const date = new Date(millis);
    return pad(date.getHours()) + ':' + pad(date.getMinutes()) + ':' + pad(date.getSeconds());
  }

  function ago(millis) {
    const seconds = Math.max(0, Math.floor((Date.now() - millis) / 1000));
    if (seconds < 60) return seconds + ' s ago';
    if (seconds < 3600) return Math.floor(seconds / 60) + ' min ago';
    if (seconds < 86400) return Math.floor(seconds / 3600) + ' h ago';
    return Math.floor(seconds / 86400) + ' d ago';
  }

  /** A length of time as short as it can be told: 850 ms, 3.2 s, 45 s, 2 min 5 s, 3 h. */
  function lengthOf(millis) {
    if (millis < 1000) return Math.round(millis) + ' ms';
    if (millis < 9950) return (millis / 1000).toFixed(1) + ' s';
    const seconds = Math.round(millis / 1000);
    if (seconds < 120) return seconds + ' s';
    if (seconds < 7200) return Math.floor(seconds / 60) + ' min' + (seconds % 60 ? ' ' + (seconds % 60) + ' s' : '');
    if (seconds < 172800) return Math.round(seconds / 360) / 10 + ' h';
    return Math.round(seconds / 8640) / 10 + ' days';
  }

  const countText = (count) => count.toLocaleString('en-US');
  const counted = (count, one, many) => countText(count) + ' ' + (count === 1 ? one : many);

  function timeOf(millis) {
    const time = element('time', '', clockTime(millis) + ', ' + ago(millis));
    time.dateTime = new Date(millis).toISOString();
    time.dataset.millis = String(millis);
    return time;
  }

  function updateTimes() {
    for (const time of document.querySelectorAll('time')) {
      const millis = Number(time.dataset.millis);
      const text = clockTime(millis) + ', ' + ago(millis);
      if (time.textContent !== text) time.textContent = text;
    }
  }

  /** JSON text with line breaks and colours. Works on the text, because parsing would round long numbers. */
  function jsonView(label, json) {
    const box = element('pre', '');
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', label);
    const text = json.slice(0, MOST_CHARACTERS);
    const tokens = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"?|[{}[\],:]|[^\s{}[\],:"]+/g) || [];
    let depth = 0;
    const newLine = () => '\n' + '  '.repeat(Math.min(depth, 40));
    tokens.forEach((token, index) => {
      const next = tokens[index + 1];
      if (token === '{' || token === '[') {
        depth += 1;
        box.append(token, next === '}' || next === ']' ? '' : newLine());
      } else if (token === '}' || token === ']') {
        depth -= 1;
        const before = tokens[index - 1];
        box.append(before === '{' || before === '[' ? '' : newLine(), token);
      } else if (token === ',') {
        box.append(',', newLine());
      } else if (token === ':') {
        box.append(': ');
      } else {
        const kind = token[0] !== '"' ? 'n' : next === ':' ? 'k' : 's';
        const part = element('span', kind);
        appendForeign(part, token);
        box.append(part);
      }
    });
    if (json.length > text.length) box.append('\n', (json.length - text.length) + ' more characters');
    return box;
  }

`;
