//! A gateway with the right certificate that says what a test wants: it asks the real one first, and may change everything.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use serde_json::Value;
use uketsuke::adapters::qualification::contract::identity_files as files;

/// Longer than a visit: whoever waits so long for a byte waits for nothing.
const PATIENCE: Duration = Duration::from_secs(150);

/// What was asked.
pub struct Asked {
    head: String,
}

impl Asked {
    /// Whether it is a check of a qualification.
    pub fn is_check(&self) -> bool {
        self.head.starts_with("POST /v1/qualification-checks ")
    }

    /// Whether it asks for a challenge.
    pub fn is_challenge(&self) -> bool {
        self.head.contains("challenge")
    }

    /// Whether it asks for that path.
    pub fn asks_for(&self, path: &str) -> bool {
        self.head.starts_with(&format!("GET {path} "))
    }

    /// Whether it hands in consents.
    pub fn is_consents(&self) -> bool {
        self.head.starts_with("PUT ")
    }
}

/// What the real gateway answers.
pub struct Answer {
    /// The status line and the fields, each with its end.
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The same answer with another body.
    pub fn with_body(&self, body: &[u8]) -> Vec<u8> {
        let mut bytes = self.head_for(body.len()).into_bytes();
        bytes.extend_from_slice(body);
        bytes
    }

    /// The head of such a body.
    pub fn head_for(&self, length: usize) -> String {
        let lines = self.head.lines().filter(|line| !line.is_empty());
        let kept: Vec<_> = lines.filter(|line| !line.to_ascii_lowercase().starts_with("content-length")).collect();
        format!("{}\r\ncontent-length: {length}\r\n\r\n", kept.join("\r\n"))
    }

    /// As it is.
    pub fn honest(&self) -> Vec<u8> {
        self.with_body(&self.body)
    }

    /// The body changed.
    pub fn changed(&self, change: impl FnOnce(&mut Value)) -> Vec<u8> {
        let mut value = serde_json::from_slice(&self.body).expect("an answer of JSON");
        change(&mut value);
        self.with_body(value.to_string().as_bytes())
    }
}

/// How a request is answered: what was asked, what the real gateway says, and the line to the one who asked.
pub type Play = dyn Fn(&Asked, &Answer, &mut dyn Write) -> std::io::Result<()> + Send + Sync;

/// What it shows of itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The certificate of that folder, by TLS 1.3.
    Certificate,
    /// No TLS at all.
    Plain,
    /// Bytes that are nothing.
    Noise,
    /// Nothing: it takes the connection and keeps silent.
    Silence,
}

/// A listening one; dropping it ends it.
pub struct Rogue {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
}

impl Rogue {
    /// Starts one before the gateway at `real`, with the certificate in `identity`.
    pub fn start(real: &str, identity: &Path, shows: Shows, play: Arc<Play>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, ended) = (listener.local_addr().unwrap(), Arc::new(AtomicBool::new(false)));
        let server = server_config(identity);
        let upstream = Arc::new(Upstream::new(real, identity));
        let over = Arc::clone(&ended);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let (server, upstream, play) = (Arc::clone(&server), Arc::clone(&upstream), Arc::clone(&play));
                let stream = stream.unwrap();
                // Whoever is attacked may hang up at any moment.
                std::thread::spawn(move || drop(answer(stream, server, &upstream, shows, &*play)));
            }
        });
        Self { address, ended }
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }
}

impl Drop for Rogue {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the one that listens.
        drop(TcpStream::connect(self.address));
    }
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn chain(file: &Path) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_file_iter(file).unwrap().collect::<Result<_, _>>().unwrap()
}

fn server_config(identity: &Path) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::from_pem_file(identity.join(files::SERVER_KEY)).unwrap();
    let builder = ServerConfig::builder_with_provider(provider()).with_protocol_versions(&[&rustls::version::TLS13]);
    let config = builder.unwrap().with_no_client_auth().with_single_cert(chain(&identity.join(files::SERVER)), key);
    Arc::new(config.unwrap())
}

fn answer(
    mut stream: TcpStream,
    server: Arc<ServerConfig>,
    upstream: &Upstream,
    shows: Shows,
    play: &Play,
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut ignored = [0; 1024];
    match shows {
        Shows::Plain => {
            let _ = stream.read(&mut ignored)?;
            return stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
        }
        Shows::Noise => return (0..1 << 12).try_for_each(|_| stream.write_all(&[0x16; 4096])),
        Shows::Silence => return stream.read_exact(&mut [0; 1 << 16]),
        Shows::Certificate => {}
    }
    let mut tls = StreamOwned::new(ServerConnection::new(server).unwrap(), stream);
    let (head, body) = message(&mut tls)?;
    let real = upstream.ask(&head, &body)?;
    play(&Asked { head }, &real, &mut tls)?;
    tls.conn.send_close_notify();
    tls.flush()
}

/// A head and as much body as it says.
fn message(stream: &mut impl Read) -> std::io::Result<(String, Vec<u8>)> {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 8192]);
    let mut more = |bytes: &mut Vec<u8>| match stream.read(&mut buffer)? {
        0 => Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof)),
        read => {
            bytes.extend_from_slice(&buffer[..read]);
            Ok(())
        }
    };
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        more(&mut bytes)?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length = head.lines().filter_map(|line| line.split_once(':'));
    let length = length.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = length.filter_map(|(_, value)| value.trim().parse::<usize>().ok()).next().unwrap_or_default();
    while bytes.len() < end + length {
        more(&mut bytes)?;
    }
    Ok((head, bytes[end..].to_vec()))
}

/// What a terminal with that certificate speaks.
pub fn terminal_config(identity: &Path) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    chain(&identity.join(files::CA)).into_iter().for_each(|root| roots.add(root).unwrap());
    let key = PrivateKeyDer::from_pem_file(identity.join(files::TERMINAL_KEY)).unwrap();
    let builder = ClientConfig::builder_with_provider(provider()).with_protocol_versions(&[&rustls::version::TLS13]);
    let config = builder.unwrap().with_root_certificates(roots);
    Arc::new(config.with_client_auth_cert(chain(&identity.join(files::TERMINAL)), key).unwrap())
}

/// The way to the real gateway, as the terminal goes it.
struct Upstream {
    address: String,
    config: Arc<ClientConfig>,
}

impl Upstream {
    fn new(real: &str, identity: &Path) -> Self {
        Self { address: real.trim_start_matches("https://").to_owned(), config: terminal_config(identity) }
    }

    fn ask(&self, head: &str, body: &[u8]) -> std::io::Result<Answer> {
        let name = ServerName::try_from("127.0.0.1").unwrap();
        let socket = TcpStream::connect(&self.address)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        let mut tls = StreamOwned::new(ClientConnection::new(Arc::clone(&self.config), name).unwrap(), socket);
        let head = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
        tls.write_all(head.as_bytes())?;
        tls.write_all(body)?;
        tls.flush()?;
        let (head, body) = message(&mut tls)?;
        Ok(Answer { head, body })
    }
}
