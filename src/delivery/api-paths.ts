export type ApiVersion = 'v2' | 'v3';

/** Where requests go. Paths carry the endpoint's own path in front, since the whole path is signed. */
export interface ApiPaths {
  readonly origin: string;
  readonly upload: string;
  readonly time: string;
}

export function apiPaths(endpoint: string, apiVersion: ApiVersion): ApiPaths {
  const url = new URL(endpoint);
  const base = `${url.pathname.replace(/\/+$/, '')}/capi/${apiVersion}`;
  return { origin: url.origin, upload: `${base}/order/uploadAiLog`, time: `${base}/market/time` };
}
