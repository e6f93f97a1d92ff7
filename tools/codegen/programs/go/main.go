// Lists the pods of a kubelet and asks it for a checkpoint that it must refuse.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"

	"codegen/kubelet"
)

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	authority, err := os.ReadFile(os.Getenv("KUBELET_CA"))
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	withToken := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+os.Getenv("KUBELET_TOKEN"))
		return nil
	}
	client, err := kubelet.NewClientWithResponses(
		os.Getenv("KUBELET_SERVER"),
		kubelet.WithHTTPClient(&http.Client{Transport: transport}),
		kubelet.WithRequestEditorFn(withToken),
	)
	if err != nil {
		return err
	}

	health, err := client.GetHealthzWithResponse(ctx, &kubelet.GetHealthzParams{})
	if err != nil {
		return err
	}
	pods, err := client.GetPodsWithResponse(ctx)
	if err != nil {
		return err
	}
	refusal, err := client.CheckpointContainerWithResponse(ctx, "default", "no-such-pod", "none", &kubelet.CheckpointContainerParams{})
	if err != nil {
		return err
	}

	names := []string{}
	for _, pod := range *pods.JSON200.Items {
		names = append(names, pod.Metadata.Name)
	}
	fmt.Printf("healthz: %s\n", health.Body)
	fmt.Printf("pods: %s\n", strings.Join(names, " "))
	fmt.Printf("checkpoint: %d %s\n", refusal.StatusCode(), strings.TrimRight(string(refusal.Body), "\n"))
	return nil
}
