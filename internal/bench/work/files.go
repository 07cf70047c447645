package work

import (
	"context"
	"errors"
	"os"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/bench/floor"
	"github.com/golokalise/lokalise/internal/bench/stub"
)

// Stream is the floor of work with files: what net/http can do at best, with
// memory that does not grow with the file.
const Stream = "stream"

// upload sends a file of UploadMB MiB as base64 in JSON.
func upload() Work {
	return Work{
		Name: "upload", About: "upload of a file of 50 MiB",
		OnNode: true, NeedsFile: true, Warm: 1, Ops: 2, Slices: 2,
		Impls: []Impl{
			uploadWith(Stream, (*floor.Client).UploadStream),
			uploadWith("whole", (*floor.Client).UploadWhole),
			uploadOurs(),
		},
	}
}

func uploadWith(name string, send func(c *floor.Client, ctx context.Context, id, path string) error) Impl {
	return Impl{Name: name, Open: func(env Env) (Op, func(), error) {
		client := floor.New(env.Base, env.Token)
		op := func(ctx context.Context) (Tally, error) {
			return Tally{Items: 1}, send(client, ctx, stub.ProjectID(stub.SmallProject), env.File)
		}
		return op, client.Close, nil
	}}
}

// uploadOurs uploads with our client. It needs the file, which withClient does
// not hand on.
func uploadOurs() Impl {
	return Impl{Name: Ours, Open: func(env Env) (Op, func(), error) {
		return withClient(Ours, func(ctx context.Context, c *lokalise.Client) (Tally, error) {
			_, err := c.Files.Upload(ctx, lokalise.ProjectID(stub.ProjectID(stub.SmallProject)), &lokalise.FileUploadRequest{
				Content: lokalise.ContentFromPath(env.File), Filename: "messages.json", LangISO: "en",
			})
			return Tally{Items: 1}, err
		}).Open(env)
	}}
}

// download fetches a bundle of 500 MiB and extracts it.
func download() Work {
	return Work{
		Name: "download", About: "download and extraction of a bundle of 500 MiB",
		Long: true, Ops: 1, Slices: 1,
		Impls: []Impl{
			{Name: Stream, Open: func(env Env) (Op, func(), error) {
				client := floor.New(env.Base, env.Token)
				return intoFolder(env.Dir, func(ctx context.Context, dir string) (Tally, error) {
					n, err := client.Download(ctx, stub.ProjectID(stub.BigProject), dir)
					return Tally{Items: 1, Sum: n}, err
				}), client.Close, nil
			}},
			{Name: Ours, Open: func(env Env) (Op, func(), error) {
				return withClient(Ours, func(ctx context.Context, c *lokalise.Client) (Tally, error) {
					return intoFolder(env.Dir, func(ctx context.Context, dir string) (Tally, error) {
						return downloadOurs(ctx, c, dir)
					})(ctx)
				}).Open(env)
			}},
		},
	}
}

func downloadOurs(ctx context.Context, c *lokalise.Client, dir string) (Tally, error) {
	done, err := c.Files.DownloadTo(ctx, lokalise.ProjectID(stub.ProjectID(stub.BigProject)), dir,
		&lokalise.FileDownloadRequest{Format: lokalise.FileFormatJSON}, nil)
	if err != nil {
		return Tally{}, err
	}
	return Tally{Items: 1, Sum: done.Bytes}, nil
}

// intoFolder gives each operation an empty folder, and removes it afterwards.
// That takes time too, the same for all.
func intoFolder(parent string, do func(ctx context.Context, dir string) (Tally, error)) Op {
	return func(ctx context.Context) (t Tally, err error) {
		dir, err := os.MkdirTemp(parent, "bundle-")
		if err != nil {
			return t, err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		return do(ctx, dir)
	}
}
