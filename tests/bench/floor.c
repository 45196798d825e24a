/* The floor of the bench: one ready frame of argv[1] bytes written to every connection when any of them says a byte.
   Prints its port. Ends with its standard input. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static const char MARK[] = "#!last!#";

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    int size = atoi(argv[1]), count = 0;
    char *frame = malloc(size), said[4096];
    memset(frame, 'x', size);
    frame[0] = (char)0x82, frame[1] = 126, frame[2] = (char)((size - 4) >> 8), frame[3] = (char)(size - 4);
    memcpy(frame + size - sizeof MARK, MARK, sizeof MARK - 1);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit), limit.rlim_cur = limit.rlim_max, setrlimit(RLIMIT_NOFILE, &limit);
    int *all = malloc(sizeof(int) * limit.rlim_max);
    int door = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof here;
    if (bind(door, (struct sockaddr *)&here, sizeof here) || listen(door, 4096)) return 1;
    getsockname(door, (struct sockaddr *)&here, &length);
    printf("%d\n", ntohs(here.sin_port)), fflush(stdout);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = door}, events[1024];
    epoll_ctl(poll, EPOLL_CTL_ADD, door, &event);
    event.data.fd = 0, epoll_ctl(poll, EPOLL_CTL_ADD, 0, &event);
    for (;;) {
        int ready = epoll_wait(poll, events, 1024, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == door) {
                event.data.fd = all[count++] = accept(door, NULL, NULL);
                epoll_ctl(poll, EPOLL_CTL_ADD, event.data.fd, &event);
                continue;
            }
            ssize_t got = read(fd, said, sizeof said);
            if (got <= 0 && fd == 0) return 0;
            if (got <= 0) {
                for (int each = 0; each < count; each++)
                    if (all[each] == fd) all[each] = all[--count];
                close(fd);
                continue;
            }
            for (ssize_t told = 0; told < got; told++)
                for (int each = 0; each < count; each++)
                    if (send(all[each], frame, size, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno == EAGAIN) return 3;
        }
    }
}
