package dial

import "syscall"

// Sockets on Windows answer with the numbers of Winsock. Package syscall has made up those
// that it calls ECONNREFUSED and the like; no socket returns them.
var errnos = map[Class][]syscall.Errno{
	Refused:     {10061},
	Denied:      {10013},
	Unreachable: {10051, 10065, 10049, 10047},
	TimedOut:    {10060},
}
