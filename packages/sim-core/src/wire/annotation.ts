/** What is known of an annotation of the controller. */
export interface AnnotationDoc {
  /** With its prefix. */
  name: string;
  summary: string;
  /** '' for none. */
  default: string;
  example: string;
  /** Where the simulation does less than the original; '' for nothing. */
  limits: string;
}
