/**
 * The page's script. Data becomes text nodes only; there is no HTML from strings anywhere in it. Input and
 * output are laid out as text, so that long numbers keep their digits.
 */
export const PAGE_SCRIPT = String.raw`'use strict';
(() => {
  const MOST_LOGS = 500;
  const MOST_TROUBLES = 50;
  const MOST_CHARACTERS = 100000;
  // Control characters, and those that reorder or hide text: shown by name, so that nothing can pose as something else.
  const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/;

  const byId = (id) => document.getElementById(id);
  const orders = new Map();
  let logs = [];
  let epoch = '';
  let lastLog = 0;
  let notShown = 0;

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

  function foldable(log, name, load) {
    const title = name === 'input' ? 'Input' : 'Output';
    const details = element('details', '', element('summary', '', title));
    let loaded = false;
    details.addEventListener('toggle', async () => {
      if (!details.open || loaded) return;
      loaded = true;
      try {
        const content = await load();
        details.append(jsonView(title + ' of log ' + log.number, content[name]));
      } catch (error) {
        loaded = false;
        details.append(element('p', 'nothing', 'Cannot be shown: the emulator no longer keeps it, or has ended.'));
      }
    });
    return details;
  }

  function logView(log) {
    let content;
    const load = () => {
      content ??= fetch('/logs/' + log.number).then((answer) => {
        if (!answer.ok) throw new Error('no longer kept');
        return answer.json();
      });
      return content;
    };
    const meta = [log.apiVersion];
    if (/^\d{13}$/.test(log.timestamp || '')) {
      meta.push('signed ' + (log.receivedAt - Number(log.timestamp)) + ' ms before arrival');
    }
    if (log.account) meta.push('account ' + log.account);
    return element(
      'li',
      'log new',
      element('div', 'head', foreign('bdi', 'stage', log.stage), foreign('bdi', 'model', log.model), timeOf(log.receivedAt)),
      foreign('p', 'explanation', log.explanation),
      element('div', 'contents', foldable(log, 'input', load), foldable(log, 'output', load), foreign('bdi', 'meta', meta.join(', '))),
    );
  }

  function orderOf(orderId) {
    const key = orderId || '';
    let order = orders.get(key);
    if (!order) {
      const amount = element('span', 'amount');
      const title = orderId
        ? element('h3', '', 'Order', element('span', 'id', orderId), amount)
        : element('h3', '', 'Without an order', amount);
      const list = element('ol', '');
      order = { box: element('article', 'order', title, list), list, amount };
      orders.set(key, order);
      byId(orderId ? 'orders' : 'unlinked').prepend(order.box);
    }
    return order;
  }

  function addLog(log) {
    if (log.number <= lastLog) return;
    if (lastLog > 0) notShown += log.number - lastLog - 1;
    else notShown += log.number - 1;
    lastLog = log.number;
    const order = orderOf(log.orderId);
    const view = logView(log);
    order.list.append(view);
    logs.push({ view, order, key: log.orderId || '' });
    if (logs.length > MOST_LOGS) {
      const oldest = logs.shift();
      oldest.view.remove();
      notShown += 1;
      if (oldest.order.list.childElementCount === 0) {
        oldest.order.box.remove();
        orders.delete(oldest.key);
      } else {
        countLogs(oldest.order);
      }
    }
    countLogs(order);
  }

  function countLogs(order) {
    const count = order.list.childElementCount;
    order.amount.textContent = count === 1 ? '1 log' : count + ' logs';
  }

  function troubleView(trouble) {
    const answer = trouble.status === undefined
      ? 'no answer'
      : trouble.code === undefined ? 'HTTP ' + trouble.status : 'HTTP ' + trouble.status + ', ' + trouble.code;
    const view = element(
      'li',
      '',
      element('div', 'head', foreign('bdi', 'what', answer), timeOf(trouble.receivedAt)),
    );
    if (trouble.fault !== undefined) view.append(foreign('p', '', 'Fault: ' + trouble.fault));
    if (trouble.problem !== undefined) view.append(foreign('p', '', 'Checks: ' + trouble.problem.msg));
    if (trouble.accepted) view.append(element('p', 'kept', 'The log was taken all the same'));
    view.append(foreign('p', 'meta', trouble.path));
    return view;
  }

  function addTroubles(troubles) {
    const list = byId('troubles');
    for (const trouble of troubles) list.prepend(troubleView(trouble));
    while (list.childElementCount > MOST_TROUBLES) list.lastElementChild.remove();
  }

  function showRows(id, rows) {
    byId('no-' + id).hidden = rows.length > 0;
    byId(id).replaceChildren(...rows);
  }

  function showStats(stats, faults) {
    byId('count-logs').textContent = String(stats.accepted);
    byId('count-orders').textContent = String(orders.has('') ? orders.size - 1 : orders.size);
    byId('count-refused').textContent = String(stats.refused);
    byId('count-faults').textContent = String(stats.faults);
    byId('count-connections').textContent = stats.connectionsOpen + ' of ' + stats.connectionsOpened;
    document.title = '(' + stats.accepted + ') WEEX emulator';
    showRows('answers', Object.entries(stats.answers).map(([answer, count]) =>
      element('li', '', foreign('bdi', 'what', answer), element('span', 'amount', String(count)))));
    showRows('faults', faults.map((fault) => {
      const left = fault.timesLeft === undefined ? 'standing' : fault.timesLeft + ' left';
      const row = element('li', '', foreign('bdi', 'what', fault.label), element('span', 'amount', left));
      if (fault.condition) row.append(foreign('bdi', 'meta', fault.condition));
      return row;
    }));
  }

  function clear() {
    orders.clear();
    byId('orders').replaceChildren();
    byId('unlinked').replaceChildren();
    logs = [];
    lastLog = 0;
    notShown = 0;
    byId('troubles').replaceChildren();
  }

  function show(message) {
    if (message.epoch !== epoch) clear();
    epoch = message.epoch;
    for (const log of message.logs) addLog(log);
    if (message.whole) byId('troubles').replaceChildren();
    addTroubles(message.troubles);
    showStats(message.stats, message.faults);
    byId('no-logs').hidden = message.stats.accepted > 0;
    byId('no-troubles').hidden = byId('troubles').childElementCount > 0;
    byId('not-shown').hidden = notShown === 0;
    byId('not-shown').textContent = notShown + ' more logs were taken and are not shown';
  }

  const link = byId('link');
  const events = new EventSource('/events');
  events.onopen = () => {
    link.className = 'link live';
    link.textContent = 'Live';
  };
  events.onerror = () => {
    link.className = 'link';
    link.textContent = 'Connection lost, trying again';
  };
  events.onmessage = (event) => show(JSON.parse(event.data));
  setInterval(updateTimes, 1000);
})();
`;
