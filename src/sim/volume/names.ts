/** The process and the component of the drivers' controllers. */
export const CSI_CONTROLLER = 'csi-controller';
