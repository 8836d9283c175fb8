//go:build !windows

package dial

import "syscall"

var errnos = map[Class][]syscall.Errno{
	Refused:     {syscall.ECONNREFUSED},
	Denied:      {syscall.EACCES, syscall.EPERM},
	Unreachable: {syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.EADDRNOTAVAIL, syscall.EAFNOSUPPORT},
	TimedOut:    {syscall.ETIMEDOUT},
}
