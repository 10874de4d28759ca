/** Whether `await` would wait for the value. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    'then' in value &&
    typeof value.then === 'function'
  );
}

/**
 * Calls `fulfilled` or `rejected` when the promise settles, before any continuation of the caller, and returns a
 * promise of the same type that settles alike.
 *
 * `then` is called once: the query builders of some libraries run their query again at each call. And not on the
 * side: a rejection that nobody handles must stay unhandled, which a handler of ours on the promise itself would
 * hide.
 */
export function followPromise(
  promise: PromiseLike<unknown>,
  fulfilled: () => void,
  rejected: (reason: unknown) => void,
): unknown {
  const onValue = (value: unknown): unknown => {
    fulfilled();
    return value;
  };
  const onReason = (reason: unknown): never => {
    rejected(reason);
    throw reason;
  };
  // A bare thenable may call back twice, throw, or return nothing from `then`: only a real promise can take that.
  if (!('catch' in promise)) return Promise.resolve(promise).then(onValue, onReason);
  const followed: unknown = promise.then(onValue, onReason);
  if (!isPromiseLike(followed)) return promise;
  return Object.getPrototypeOf(followed) === Object.getPrototypeOf(promise)
    ? followed
    : withMembersOf(promise, followed);
}

/**
 * `then` of the AI libraries' own promises gives a plain one, which lacks members such as `withResponse()`: those
 * are taken from the first promise.
 */
function withMembersOf(promise: PromiseLike<unknown>, followed: PromiseLike<unknown>): unknown {
  return new Proxy(followed, {
    get(target, key) {
      const isOwnMember = key in target;
      // Who goes on by such a member handles the failure there; `followed` is then nobody's to handle.
      if (!isOwnMember && key in promise) target.then(undefined, () => {});
      const owner = isOwnMember ? target : promise;
      const member: unknown = Reflect.get(owner, key, owner);
      return typeof member === 'function' ? member.bind(owner) : member;
    },
    has: (target, key) => key in target || key in promise,
    getPrototypeOf: () => Object.getPrototypeOf(promise),
  });
}
