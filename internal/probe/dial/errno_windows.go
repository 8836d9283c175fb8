package dial

import "syscall"

// Sockets on Windows answer with the numbers of Winsock; those that package
// syscall calls ECONNREFUSED and the like are made up and never seen here.
var errnos = map[Class][]syscall.Errno{
	Refused:     {10061},
	Denied:      {10013},
	Unreachable: {10051, 10065, 10049, 10047},
	TimedOut:    {10060},
}
