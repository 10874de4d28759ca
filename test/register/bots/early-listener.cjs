// Another preload of the bot's, with a listener that is gone once it was called.
process.once('SIGTERM', () => {
  setTimeout(() => {
    console.log('tidied early');
    process.exit(12);
  }, 300);
});
