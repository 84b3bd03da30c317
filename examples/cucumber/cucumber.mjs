export default {
  import: ['support/*.js'],
  worldParameters: {
    // Ours, and Seatrial's own beside it.
    team: 'checkout',
    seatrial: { seed: '7' },
  },
};
