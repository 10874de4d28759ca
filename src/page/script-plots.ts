/**
 * Plots over time as SVG that is drawn anew for each width, so that its text keeps its size. A plot is one stop
 * of the keyboard: the arrows go through its steps, Enter picks one, and what stands at the cursor is told in words.
 */
export const PAGE_PLOTS = `  const SVG = 'http://www.w3.org/2000/svg';
  const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800]
    .map((seconds) => seconds * 1000);
  const LEFT = 54;

  function svg(tag, attributes, text) {
    const made = document.createElementNS(SVG, tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** Equal steps of a length that people count in; whole hours and days are those of the reader's clock. */
  function timeSteps(from, to, most) {
    const step = STEPS.find((length) => (to - from) / length <= most - 2) || STEPS[STEPS.length - 1] * Math.ceil((to - from) / STEPS[STEPS.length - 1] / most);
    const zone = new Date(from).getTimezoneOffset() * 60000;
    const begin = Math.floor((from - zone) / step) * step + zone;
    return { begin, step, count: Math.max(1, Math.floor((to - begin) / step) + 1) };
  }

  const dayName = (date) => date.getDate() + ' ' + date.toLocaleString('en-GB', { month: 'short' });

  function stepName(millis, step) {
    const date = new Date(millis);
    if (step >= 86400000) return dayName(date);
    return step < 60000 ? clockTime(millis) : clockTime(millis).slice(0, 5);
  }

  /** Round numbers up to at least the highest value: 0 and one or two more. */
  function levels(highest) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
    const top = [1, 2, 4, 10].map((factor) => factor * power).find((value) => value >= highest);
    return top >= 2 ? [0, top / 2, top] : [0, top];
  }

  /** Times of 10 ms and more, each decade as high as the other. */
  const decade = (millis) => Math.log10(Math.max(millis, 10)) - 1;

  const markName = (millis) => ({ 1000: '1 s', 60000: '1 min', 3600000: '1 h', 36000000: '10 h', 360000000: '100 h' })[millis] || lengthOf(millis);

  /**
   * What a plot is: a title; steps; either series of counts to be stacked, or ranges { low, middle, high } with a
   * limit; bands over time that have a name; what a step says; and what picking a step does.
   */
  function plot({ title, steps, series, ranges, limit, bands, saying, onPick, height = 96 }) {
    const picture = svg('svg', { tabindex: '0', role: 'slider', 'aria-label': title, 'aria-valuemin': '0', 'aria-valuemax': String(steps.count - 1), 'aria-valuenow': '0' });
    const readout = element('span', 'readout');
    const caption = element('figcaption', '', element('span', 'plot-title', title));
    const box = element('figure', 'plot', caption, picture);
    if (series) caption.append(element('ul', 'legend', ...series.filter(({ values }) => values.some(Boolean)).map(({ label, mark, values }) =>
      element('li', '', element('span', 'key mark-' + mark), label, element('span', 'amount', countText(values.reduce((sum, value) => sum + value, 0)))))));
    caption.append(readout);
    let cursor;
    let at = -1;
    let width = 0;
    let others = () => {};

    const highest = series ? Math.max(1, ...Array.from({ length: steps.count }, (_, step) => series.reduce((sum, { values }) => sum + values[step], 0))) : 0;
    const slowest = ranges ? Math.max(limit || 1000, ...ranges.map((range) => range ? range.high : 0)) : 0;
    const marks = series ? levels(highest) : [100, 1000, 10000, 60000, 600000, 3600000, 36000000, 360000000].filter((millis, index) => index < 2 || millis <= slowest * 1.5);
    const top = series ? marks[marks.length - 1] : Math.max(decade(slowest), decade(marks[marks.length - 1])) * 1.05;
    const yOf = (value) => 8 + (height - 8) * (1 - (series ? value : decade(value)) / top);
    const stepWidth = () => (width - LEFT - 4) / steps.count;
    const xOf = (millis) => LEFT + Math.min(steps.count, Math.max(0, (millis - steps.begin) / steps.step)) * stepWidth();

    function draw() {
      width = Math.max(220, picture.clientWidth || 600);
      picture.setAttribute('height', String(height + 24));
      picture.setAttribute('viewBox', '0 0 ' + width + ' ' + (height + 24));
      const drawn = [];
      for (const band of bands || []) {
        const from = xOf(band.from);
        const to = xOf(band.to);
        if (to <= LEFT || from >= width - 4) continue;
        drawn.push(svg('rect', { class: 'band', x: from, y: 0, width: Math.max(2, to - from), height }));
        drawn.push(svg('line', { class: 'band-edge', x1: from, x2: from, y1: 0, y2: height }));
        if (band.name && to - from > 52) drawn.push(svg('text', { class: 'band-name', x: from + 4, y: 11 }, band.name));
      }
      for (const value of marks) {
        const y = yOf(value);
        if (limit && value !== limit && Math.abs(y - yOf(limit)) < 14) continue;
        drawn.push(svg('line', { class: value === limit ? 'limit' : 'grid', x1: LEFT, x2: width - 4, y1: y, y2: y }));
        drawn.push(svg('text', { class: value === limit ? 'limit-name' : '', x: LEFT - 6, y: y + 4, 'text-anchor': 'end' }, series ? countText(value) : markName(value)));
      }
      const bar = stepWidth();
      const gap = bar > 5 ? 1 : 0;
      for (let step = 0; step < steps.count; step += 1) {
        const x = LEFT + step * bar;
        if (series) {
          let under = 0;
          for (const { values, mark } of series) {
            if (!values[step]) continue;
            const y = yOf(under + values[step]);
            drawn.push(svg('rect', { class: 'mark-' + mark, x: x + gap / 2, y, width: Math.max(1, bar - gap), height: Math.max(0.5, yOf(under) - y) }));
            under += values[step];
          }
        } else if (ranges[step]) {
          const { low, middle, high } = ranges[step];
          if (high > low) drawn.push(svg('line', { class: 'range', x1: x + bar / 2, x2: x + bar / 2, y1: yOf(high), y2: yOf(low) }));
          drawn.push(svg('circle', { class: limit && middle > limit ? 'dot over' : 'dot', cx: x + bar / 2, cy: yOf(middle), r: Math.min(3.5, Math.max(1.5, bar / 2)) }));
        }
      }
      const named = STEPS.find((length) => length % steps.step === 0 && (length / steps.step) * bar >= 68) || steps.step * Math.ceil(68 / bar);
      const zone = new Date(steps.begin).getTimezoneOffset() * 60000;
      for (let at = Math.ceil((steps.begin - zone) / named) * named + zone; xOf(at) < width - 40; at += named) {
        drawn.push(svg('text', { x: xOf(at), y: height + 17 }, stepName(at, named)));
      }
      cursor = svg('rect', { class: 'cursor', y: 0, height, width: Math.max(2, bar), x: -999 });
      picture.replaceChildren(...drawn, cursor);
      point(at);
    }

    function point(step) {
      at = step;
      const begin = steps.begin + step * steps.step;
      const text = step < 0 ? '' : stepName(begin, steps.step) + (steps.step < 86400000 && steps.step >= 60000 ? ' to ' + stepName(begin + steps.step, steps.step) : '') + ': ' + saying(step);
      if (cursor) cursor.setAttribute('x', String(step < 0 ? -999 : LEFT + step * stepWidth()));
      readout.textContent = text;
      picture.setAttribute('aria-valuenow', String(Math.max(0, step)));
      picture.setAttribute('aria-valuetext', text || saying(0));
    }

    const stepAt = (event) => Math.floor((event.clientX - picture.getBoundingClientRect().left - LEFT) / stepWidth());
    const within = (step) => Math.min(steps.count - 1, Math.max(0, step));
    const go = (step) => {
      point(step);
      others(step);
    };
    picture.addEventListener('pointermove', (event) => go(within(stepAt(event))));
    picture.addEventListener('pointerleave', () => go(-1));
    picture.addEventListener('blur', () => go(-1));
    picture.addEventListener('click', (event) => onPick && onPick(within(stepAt(event))));
    picture.addEventListener('keydown', (event) => {
      const to = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: steps.count - 1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        go(within(to));
      } else if (event.key === 'Enter' && at >= 0 && onPick) {
        event.preventDefault();
        onPick(at);
      }
    });
    point(-1);
    new ResizeObserver(() => {
      if (picture.clientWidth !== width) draw();
    }).observe(picture);
    return { box, point, joined: (tell) => { others = tell; } };
  }

  /** Plots over the same steps, with one cursor. */
  function plots(list) {
    for (const one of list) one.joined((step) => { for (const other of list) if (other !== one) other.point(step); });
    return list.map(({ box }) => box);
  }

`;
