// server-everything has no host option and listens on every interface: keep it on this machine.
const net = require('node:net');
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return /^\d+$/.test(String(port)) && typeof rest[0] !== 'string'
    ? listen.call(this, Number(port), '127.0.0.1', ...rest)
    : listen.call(this, port, ...rest);
};
