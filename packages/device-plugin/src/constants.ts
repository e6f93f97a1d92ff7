/** The one version of the API that kubelets take. */
export const supportedVersion = "v1beta1";

/** What a plugin says of a device that may be used. */
export const healthy = "Healthy";
