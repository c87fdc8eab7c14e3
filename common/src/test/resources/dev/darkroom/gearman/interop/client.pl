# A client: perl client.pl PORT COMMAND FUNCTION [...]; names are given in hex, the payload on standard input.
use strict;
use warnings;
use Gearman::Client;

my ($port, $command, @rest) = @ARGV;
my $client = Gearman::Client->new(job_servers => [{ host => "127.0.0.1", port => $port }], exceptions => 1);
$| = 1;

sub hex_of { unpack("H*", ref $_[0] ? ${ $_[0] } : $_[0]) }

sub options {
    my ($priority, $unique) = @_;
    return (
        ($unique ? (uniq => pack("H*", $unique)) : ()),
        priority => $priority);
}

sub payload {
    binmode STDIN;
    local $/;
    return scalar <STDIN> // "";
}

if ($command eq "run") {
    my ($function, $priority, $unique, $timeout) = @rest;
    my $payload = payload();
    $client->do_task(
        pack("H*", $function),
        \$payload,
        {
            options($priority, $unique),
            ($timeout ? (timeout => $timeout) : ()),
            on_data      => sub { print "data ",    hex_of($_[0]), "\n" },
            on_warning   => sub { print "warning ", hex_of($_[0]), "\n" },
            on_status    => sub { print "status $_[0]/$_[1]\n" },
            on_exception => sub { print "exception ", hex_of($_[0]), "\n" },
            on_fail      => sub { print "fail\n" },
            on_complete  => sub { print "complete ", hex_of($_[0]), "\n" },
        });
} elsif ($command eq "submit") {
    my ($function, $priority, $unique) = @rest;
    my $payload = payload();
    my $handle = $client->dispatch_background(pack("H*", $function), \$payload, { options($priority, $unique) });
    print "handle ", $handle =~ s{.*//}{}r, "\n";
} elsif ($command eq "status") {
    my $status = $client->get_status("127.0.0.1:$port//$rest[0]");
    my $progress = $status->progress // [0, 0];
    printf "known %d running %d %d/%d\n", $status->known, $status->running, @$progress;
} elsif ($command eq "together") {
    my ($function, @payloads) = @rest;
    my $tasks = $client->new_task_set;
    for my $payload (@payloads) {
        $tasks->add_task(
            pack("H*", $function),
            pack("H*", $payload),
            { on_complete => sub { print "complete ", hex_of($_[0]), "\n" } });
    }
    $tasks->wait;
} else {
    die "unknown command $command";
}
