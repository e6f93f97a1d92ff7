const quotaPrefix = "requests.";
const qualifiedName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Whether it names no resource of Kubernetes itself, and could be one of a quota (IsExtendedResourceName of pkg/apis/core/v1/helper). */
export function isExtendedResourceName(name: string): boolean {
  if (!name.includes("/") || name.includes("kubernetes.io/") || name.startsWith(quotaPrefix)) return false;
  const [domain = "", type = "", ...rest] = `${quotaPrefix}${name}`.split("/");
  return rest.length === 0 && domain.length <= 253 && subdomain.test(domain) && qualifiedName.test(type);
}
