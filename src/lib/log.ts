/** Where the package says the few things that a person should read: one line for each change of state. */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}
