/** The component of deschedulers, and the process of the one that a cluster comes with. */
export const DESCHEDULER = 'descheduler';
