/** The claim is bound; what it is bound to may be lost, it is never bound again (component-helpers/storage/volume/pv_helpers.go). */
export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
/** The binding was the controller's choice, not the user's. */
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
/** Who is asked to make a volume for the claim; the old name is still written. */
export const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
export const BETA_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
/** The node that the scheduler chose for the first pod. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
/** Who made the volume. */
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
/** The class by its old name; the field counts. */
export const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
