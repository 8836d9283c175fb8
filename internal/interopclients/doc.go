// Package interopclients feeds what [clients] emits to the software itself: for
// each consumer a driver applies the rendered settings as they are, in the
// consumer's own form, and sends a message to servers that behave and to servers
// that don't. What those servers record has to be what the catalogue claims. It
// is built with the tag interopclients alone (make interop-clients).
//
// The tests run in namespaces of their own (network, mounts, processes), where names
// other than localhost lead to addresses of 127.0.0.0/8, the standard ports are
// free, and the system's certificates are those of an authority of the test's.
// No setting of a consumer may be written here or in a driver, but for those of
// the controls, which are meant to be wrong.
//
// [clients]: ../catalog/clients
package interopclients
