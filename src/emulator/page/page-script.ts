import { PAGE_PARTS } from '../../page/script-parts';
import { PAGE_PLOTS } from '../../page/script-plots';
import { ARRIVALS } from './script-arrivals';

/** What the page does: it follows the feed, and keeps the newest logs in their groups. */
const PAGE_LOGIC = String.raw`  const MOST_LOGS = 500;
  const MOST_TROUBLES = 50;
  const byId = (id) => document.getElementById(id);
  const orders = new Map();
  let logs = [];
  let epoch = '';
  let lastLog = 0;
  let notShown = 0;

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

  function logView(log, isNew) {
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
      isNew ? 'log new' : 'log',
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
      order = { box: element('article', 'card order', title, list), list, amount, firstAt: 0, lastAt: 0 };
      orders.set(key, order);
      byId(orderId ? 'orders' : 'unlinked').prepend(order.box);
    }
    return order;
  }

  function addLog(log, isNew) {
    if (log.number <= lastLog) return;
    if (lastLog > 0) notShown += log.number - lastLog - 1;
    else notShown += log.number - 1;
    lastLog = log.number;
    const order = orderOf(log.orderId);
    const view = logView(log, isNew);
    order.list.append(view);
    if (log.orderId) {
      order.firstAt = order.firstAt || log.receivedAt;
      order.lastAt = log.receivedAt;
    }
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
    const { firstAt, lastAt } = order;
    order.amount.textContent = counted(count, 'log', 'logs') + (count > 1 && lastAt > firstAt ? ' within ' + lengthOf(lastAt - firstAt) : '');
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
    byId('count-logs').textContent = countText(stats.accepted);
    byId('count-orders').textContent = countText(orders.has('') ? orders.size - 1 : orders.size);
    byId('count-refused').textContent = countText(stats.refused);
    byId('count-faults').textContent = countText(stats.faults);
    byId('count-connections').textContent = stats.connectionsOpen + ' of ' + stats.connectionsOpened;
    document.title = '(' + stats.accepted + ') WEEX emulator';
    showRows('answers', Object.entries(stats.answers).map(([answer, count]) =>
      element('li', '', foreign('bdi', 'what', answer), element('span', 'amount', countText(count)))));
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
    if (message.epoch !== epoch) {
      clear();
      forgetArrivals();
    }
    epoch = message.epoch;
    noteArrivals(message);
    for (const log of message.logs) addLog(log, !message.whole);
    if (message.whole) byId('troubles').replaceChildren();
    addTroubles(message.troubles);
    showStats(message.stats, message.faults);
    byId('no-logs').hidden = message.stats.accepted > 0;
    byId('no-troubles').hidden = byId('troubles').childElementCount > 0;
    byId('not-shown').hidden = notShown === 0;
    byId('not-shown').textContent = countText(notShown) + ' more logs were taken and are not shown';
    showArrivals();
  }

  byId('origin').textContent = location.origin;
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
  setInterval(showArrivals, ARRIVAL_STEP);
`;

/** The whole of `/page.js`, in a scope of its own. */
export const PAGE_SCRIPT = `'use strict';\n(() => {\n${PAGE_PARTS}${PAGE_PLOTS}${ARRIVALS}${PAGE_LOGIC}})();\n`;
