/** The page without any data: everything else is put in by the script, as text. */
export const PAGE_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>WEEX emulator</title>
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body>
<a class="skip" href="#logs">Skip to the logs</a>
<header>
  <div class="name">
    <h1>WEEX emulator</h1>
    <p>A stand-in for tests and demos. Nothing here reaches WEEX.</p>
  </div>
  <p id="link" class="link" role="status">Connecting</p>
</header>
<main>
<dl class="counts">
  <div><dt>Logs taken</dt><dd id="count-logs">0</dd></div>
  <div><dt>Orders shown</dt><dd id="count-orders">0</dd></div>
  <div><dt>Refused</dt><dd id="count-refused">0</dd></div>
  <div><dt>Faults met</dt><dd id="count-faults">0</dd></div>
  <div><dt>Connections open</dt><dd id="count-connections">0</dd></div>
</dl>
<div id="arrivals" class="card"></div>
<div class="columns">
  <section id="logs" tabindex="-1" aria-labelledby="logs-title">
    <h2 id="logs-title">Logs by order</h2>
    <p id="no-logs" class="card blank">No log yet. Logs appear here as they arrive. Point a bot at it: <code>OTEL_EXPORTER_WEEX_ENDPOINT=<span id="origin"></span></code></p>
    <p id="not-shown" class="nothing" hidden></p>
    <div class="groups">
      <div id="orders"></div>
      <div id="unlinked"></div>
    </div>
  </section>
  <div class="beside">
    <section aria-labelledby="answers-title">
      <h2 id="answers-title">Answers given</h2>
      <p id="no-answers" class="nothing">None yet.</p>
      <ul id="answers" class="card rows"></ul>
    </section>
    <section aria-labelledby="faults-title">
      <h2 id="faults-title">Standing faults</h2>
      <p id="no-faults" class="nothing">None: every good log is taken.</p>
      <ul id="faults" class="card rows"></ul>
    </section>
    <section aria-labelledby="troubles-title">
      <h2 id="troubles-title">Latest trouble</h2>
      <p id="no-troubles" class="nothing">No request was refused or met a fault.</p>
      <ol id="troubles" class="card troubles"></ol>
    </section>
  </div>
</div>
</main>
<noscript><p class="nothing">This page needs its script to show the logs.</p></noscript>
</body>
</html>
`;
