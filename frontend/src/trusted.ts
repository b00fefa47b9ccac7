// The page's policy lets nothing be made into script or markup; the one exception is the address of our own worker.
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

export function allowWorkers(ours: (url: string) => boolean): void {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  types?.createPolicy("default", {
    createScriptURL(url) {
      if (!ours(url)) throw new TypeError("only the page's own worker may be started");
      return url;
    },
  });
}
