import java.io.FileInputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.CheckpointApi;
import org.openapitools.client.api.HealthApi;
import org.openapitools.client.api.PodsApi;
import org.openapitools.client.model.PodList;

/** Lists the pods of a kubelet and asks it for a checkpoint that it must refuse. */
public class Main {
  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.setHttpClientBuilder(HttpClient.newBuilder().sslContext(trusting(System.getenv("KUBELET_CA"))));
    client.updateBaseUri(System.getenv("KUBELET_SERVER"));
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + System.getenv("KUBELET_TOKEN")));

    String health = new HealthApi(client).getHealthz(null, null);
    PodList pods = new PodsApi(client).getPods();
    System.out.println("healthz: " + health);
    System.out.println("pods: " + pods.getItems().stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.joining(" ")));
    try {
      new CheckpointApi(client).checkpointContainer("default", "no-such-pod", "none", null);
    } catch (ApiException refusal) {
      System.out.println("checkpoint: " + refusal.getCode() + " " + refusal.getResponseBody().stripTrailing());
    }
  }

  private static SSLContext trusting(String file) throws Exception {
    KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null);
    try (InputStream certificate = new FileInputStream(file)) {
      authorities.setCertificateEntry("kubelet", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
